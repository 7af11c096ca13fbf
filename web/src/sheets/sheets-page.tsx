export function SheetsPage() {
  return null;
}
