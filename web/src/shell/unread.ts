/** How many notices are unread. */
export function useUnread(): number {
  return 0;
}

export function useInboxStream(): void {}
