import { useRegret } from '@/lib/answer'
import { signOut } from '@/lib/session'

/** Signs out and starts the app afresh, so that nothing of this person stays in memory. */
export function useLeave() {
  const regret = useRegret()
  return () => void signOut().then(() => location.assign('/login'), regret)
}
