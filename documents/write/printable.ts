/** Characters that XML cannot hold, half surrogate pairs among them: a program that meets one calls the file damaged. */
const UNPRINTABLE = /[^\P{Cc}\t\n\r]|\p{Cs}|[\uFFFE\uFFFF]/gu;

export function printable(text: string): string {
  return text.replace(UNPRINTABLE, '');
}
