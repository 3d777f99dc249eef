import { isAway, Unreachable } from '@chairside/api'
import { useQueryClient } from '@tanstack/react-query'
import { useTranslations } from 'use-intl'
import { useSlug } from '@/lib/clinic'

/**
 * Makes what shows a key. Where no answer came it may have been made all the same: the list is read again, and whoever sits there
 * is told to look. Undefined then.
 */
export function useMaking() {
  const t = useTranslations('access')
  const client = useQueryClient()
  const clinic = useSlug()
  return async <A>(making: Promise<A>, trouble: (words: string) => void): Promise<A | undefined> => {
    try {
      return await making
    } catch (error) {
      if (!(error instanceof Unreachable || isAway(error))) throw error
      void client.invalidateQueries({ queryKey: [clinic, 'members'] })
      trouble(t('unanswered'))
      return undefined
    }
  }
}
