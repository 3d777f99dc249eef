import { Banner, Button, Dialog, DialogFoot, notify } from '@chairside/ui'
import { Copy, Download, Printer } from 'lucide-react'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { useRegret } from '@/lib/answer'
import { useSession } from '@/lib/session'
import { makeRecoveryCodes } from './writes'

/** Made when it is said, shown this once, and put away only by whoever says that they kept them. */
export function RecoveryDialog({ left, onClose }: { left: number; onClose: () => void }) {
  const t = useTranslations('security')
  const states = useTranslations('states')
  const regret = useRegret()
  const [codes, setCodes] = useState<string[]>()
  const [busy, setBusy] = useState(false)
  if (codes) return <Shown codes={codes} onClose={onClose} />
  const make = () => {
    setBusy(true)
    void makeRecoveryCodes()
      .then(setCodes, regret)
      .finally(() => setBusy(false))
  }
  return (
    <Dialog open onClose={onClose} title={t('recoveryCodes')} close={states('close')} className="max-w-md">
      <div className="grid gap-3 px-5 pt-2 pb-5 text-sm">
        <p>{t('recoveryWhy')}</p>
        {left > 0 && <Banner tone="warn" title={t('oldCodesEnd', { count: left })} />}
      </div>
      <DialogFoot>
        <Button variant="outline" onClick={onClose}>
          {t('notNow')}
        </Button>
        <Button autoFocus disabled={busy} onClick={make}>
          {t('makeCodes')}
        </Button>
      </DialogFoot>
    </Dialog>
  )
}

function Shown({ codes, onClose }: { codes: string[]; onClose: () => void }) {
  const t = useTranslations('security')
  const { email } = useSession().principal
  const text = [t('codesOf', { email }), ...codes, ''].join('\n')
  const file = `data:text/plain;charset=utf-8,${encodeURIComponent(text)}`
  return (
    <Dialog open firm onClose={() => {}} title={t('keepCodes')} about={t('keepCodesAbout')} className="printed max-w-md">
      <div className="grid gap-4 px-5 pt-4 pb-5">
        <p className="hidden text-sm print:block">{t('codesOf', { email })}</p>
        <ol
          dir="ltr"
          aria-label={t('recoveryCodes')}
          className="grid grid-cols-2 gap-x-6 gap-y-1.5 rounded-md border bg-surface p-4"
        >
          {codes.map(code => (
            <li key={code} className="select-all text-center font-medium font-mono text-sm tabular-nums">
              {code}
            </li>
          ))}
        </ol>
        <div className="flex flex-wrap gap-2 print:hidden">
          {'clipboard' in navigator && (
            <Button
              size="sm"
              variant="outline"
              onClick={() => navigator.clipboard.writeText(text).then(() => notify({ tone: 'ok', title: t('copied') }))}
            >
              <Copy aria-hidden /> {t('copy')}
            </Button>
          )}
          <Button size="sm" variant="outline" asChild>
            <a href={file} download="chairside-recovery-codes.txt">
              <Download aria-hidden /> {t('download')}
            </a>
          </Button>
          <Button size="sm" variant="outline" onClick={() => window.print()}>
            <Printer aria-hidden /> {t('print')}
          </Button>
        </div>
      </div>
      <DialogFoot className="print:hidden">
        <Button autoFocus onClick={onClose}>
          {t('keptThem')}
        </Button>
      </DialogFoot>
    </Dialog>
  )
}
