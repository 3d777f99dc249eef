import { useTranslations } from 'use-intl'
import { deviceOf } from '@/lib/agent'

/** “Chrome on Windows”, or as much of it as is known. */
export function useDeviceWords() {
  const t = useTranslations('access')
  return (agent: string | null) => {
    const { browser, system } = deviceOf(agent)
    if (browser && system) return t('deviceOn', { browser, system })
    return browser ?? system ?? t('deviceUnknown')
  }
}
