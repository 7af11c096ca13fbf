export function RehearsalPage() {
  return null;
}
