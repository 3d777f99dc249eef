import { useTranslations } from 'use-intl'
import { deviceOf } from '@/lib/agent'
import { useWriting } from '@/lib/clinic'

/** A browser on a system. */
export function useAgentWords() {
  const t = useTranslations('security')
  return (agent: string | null) => {
    const { browser, system } = deviceOf(agent)
    if (browser && system) return t('browserOn', { browser, system })
    return browser ?? system ?? (agent ? agent.slice(0, 60) : t('unknownBrowser'))
  }
}

/** An instant, by the clinic's clock. */
export function useWhen() {
  const t = useTranslations('security')
  const { today, dateOf, dayOf, time } = useWriting()
  return (at: string) =>
    dateOf(at) === today.toString() ? t('todayAt', { time: time(at) }) : t('dayAt', { day: dayOf(at), time: time(at) })
}
