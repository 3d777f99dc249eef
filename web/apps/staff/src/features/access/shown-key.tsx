import { Banner, Button, Check, Dialog, DialogFoot, Field, notify } from '@chairside/ui'
import { Copy } from 'lucide-react'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { useSlug } from '@/lib/clinic'

const HEADER = 'Authorization: Bearer '
const ADDRESS = '/api/v1/clinics/'

/** A key, this once: it goes away only when whoever sits there says that it is where it belongs. */
export function ShownKey({ name, shown, onClose }: { name: string; shown: string; onClose: () => void }) {
  const t = useTranslations('access')
  const clinic = useSlug()
  const [stored, setStored] = useState(false)
  const copy = () => navigator.clipboard.writeText(shown).then(() => notify({ tone: 'ok', title: t('copied') }))
  return (
    <Dialog open onClose={onClose} firm title={t('keyOf', { name })} className="max-w-xl">
      <div className="grid min-h-0 gap-4 overflow-y-auto px-5 pt-4 pb-5 text-sm">
        <Banner tone="warn" title={t('keyShown')} />
        <div className="flex items-end gap-2">
          <Field
            className="flex-1"
            label={t('key')}
            value={shown}
            readOnly
            dir="ltr"
            spellCheck={false}
            onFocus={event => event.currentTarget.select()}
          />
          {'clipboard' in navigator && (
            <Button autoFocus variant="outline" className="h-9" onClick={() => void copy()}>
              <Copy aria-hidden /> {t('copy')}
            </Button>
          )}
        </div>
        <div className="grid gap-1 text-muted-foreground text-xs">
          <p>{t('keyUse')}</p>
          <p>
            <bdi dir="ltr" className="wrap-anywhere text-foreground">{`${HEADER}…${shown.slice(-4)}`}</bdi>
          </p>
          <p className="mt-1.5">{t('keyAt')}</p>
          <p>
            <bdi dir="ltr" className="wrap-anywhere text-foreground">{`${location.origin}${ADDRESS}${clinic}/`}</bdi>
          </p>
        </div>
        <Check label={t('stored')} checked={stored} onChange={event => setStored(event.target.checked)} />
      </div>
      <DialogFoot>
        <Button disabled={!stored} onClick={onClose}>
          {t('done')}
        </Button>
      </DialogFoot>
    </Dialog>
  )
}
