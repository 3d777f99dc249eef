import type { Recall } from '@chairside/api'
import { PhoneOff, Voicemail } from 'lucide-react'
import { useTranslations } from 'use-intl'

/** The number that is theirs first, and whether a message may be left there. */
export function Phone({ of: { phone, safe_for_voicemail } }: { of: Pick<Recall['patient'], 'phone' | 'safe_for_voicemail'> }) {
  const t = useTranslations('recalls')
  if (!phone)
    return (
      <span className="inline-flex items-center gap-1.5 text-muted-foreground">
        <PhoneOff aria-hidden className="size-3.5" /> {t('noPhone')}
      </span>
    )
  return (
    <span className="inline-flex items-center gap-1.5 whitespace-nowrap">
      <bdi dir="ltr">{phone}</bdi>
      {safe_for_voicemail && (
        <Voicemail role="img" aria-label={t('voicemail')} className="size-3.5 text-muted-foreground">
          <title>{t('voicemail')}</title>
        </Voicemail>
      )}
    </span>
  )
}
