import { useRegret } from '@/lib/answer'
import { drafts } from '@/lib/drafts'
import { signOut } from '@/lib/session'

/** Signs out and starts the app afresh, so that nothing of this person stays in memory, nor what was typed and not sent. */
export function useLeave() {
  const regret = useRegret()
  return () =>
    void signOut().then(() => {
      drafts.forget()
      location.assign('/login')
    }, regret)
}
