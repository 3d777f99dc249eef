import { notify, type Offer } from '@chairside/ui'
import { useTranslations } from 'use-intl'
import { useFailureWords } from './problem-words'

type Back = () => Promise<unknown>
type More = { about?: string; offers?: Offer[] }

/**
 * Says what was done and, with a way `back`, offers it for ten seconds: by its button or by Z, several in a row from the last
 * to the first, wherever one has gone since. What can no longer be undone says why.
 */
export function useTell() {
  const t = useTranslations('shell')
  const words = useFailureWords()
  return (title: string, back?: Back, { about, offers = [] }: More = {}) => {
    const undone = () => notify({ tone: 'ok', title: t('undone'), about: title })
    const failed = (error: unknown) => notify({ tone: 'danger', title: t('notUndone'), about: `${title} – ${words(error)}` })
    const undo = back && { label: t('undo'), keys: 'Z', run: () => void back().then(undone, failed) }
    notify({ tone: 'ok', title, about, offers: [...(undo ? [undo] : []), ...offers] })
  }
}
