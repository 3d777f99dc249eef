import { useTranslations } from 'use-intl'

/** What became of a letter, and why. */
export function LetterWords({ status, reason }: { status: string; reason: string | null }) {
  const t = useTranslations('letters')
  const why = reason && t.has(`reasons.${reason}` as 'reasons.tls') ? t(`reasons.${reason}` as 'reasons.tls') : undefined
  return (
    <>
      {t(`status.${status as 'sent'}`)}
      {why && ` ${why}`}
    </>
  )
}

/** Whether somebody has to do something about it. */
export const isTrouble = (status: string) => status === 'failed' || status === 'unsure'
