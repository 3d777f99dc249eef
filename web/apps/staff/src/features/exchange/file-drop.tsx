import { Banner, cn } from '@chairside/ui'
import { FileUp } from 'lucide-react'
import { type DragEvent, type ReactNode, useState } from 'react'
import { useTranslations } from 'use-intl'
import { ProgressBar } from './progress-bar'

const MOST = 50 * 1024 * 1024

type Props = {
  /** Sends the file; what goes wrong comes back as a sentence. */
  send: (file: File, onProgress: (part: number) => void) => Promise<string | undefined>
  children?: ReactNode
}

/** A file is dropped here, or chosen with a button: the same field for mouse, finger and key. */
export function FileDrop({ send, children }: Props) {
  const t = useTranslations('imports')
  const [over, setOver] = useState(false)
  const [going, setGoing] = useState<{ name: string; part: number }>()
  const [trouble, setTrouble] = useState<string>()

  async function take(file: File | undefined) {
    if (!file || going) return
    if (file.size > MOST) return setTrouble(t('failures.FileTooLarge', { limit_mb: 50 }))
    setTrouble(undefined)
    setGoing({ name: file.name, part: 0 })
    const wrong = await send(file, part => setGoing({ name: file.name, part }))
    setGoing(undefined)
    setTrouble(wrong)
  }
  function dropped(event: DragEvent) {
    event.preventDefault()
    setOver(false)
    void take(event.dataTransfer.files[0])
  }
  return (
    <div className="grid gap-3">
      {trouble && <Banner title={trouble} />}
      {/* biome-ignore lint/a11y/noStaticElementInteractions: the button inside does the same */}
      <div
        onDragOver={event => {
          event.preventDefault()
          setOver(true)
        }}
        onDragLeave={() => setOver(false)}
        onDrop={dropped}
        className={cn(
          'grid justify-items-center gap-2 rounded-lg border-2 border-dashed px-6 py-10 text-center',
          over && 'border-primary bg-accent',
        )}
      >
        <span className="grid size-11 place-items-center rounded-full bg-muted text-muted-foreground">
          <FileUp aria-hidden className="size-5" />
        </span>
        {going ? (
          <div className="grid w-full max-w-sm gap-2 pt-1">
            <p className="text-sm">{t.rich('uploading', { name: () => <bdi className="font-medium">{going.name}</bdi> })}</p>
            <ProgressBar label={t('uploadingShort')} part={going.part} />
          </div>
        ) : (
          <>
            <p className="font-medium">{t('drop')}</p>
            <p className="max-w-md text-muted-foreground text-sm">{t('dropAbout')}</p>
            <label className="mt-2 inline-flex h-9 cursor-pointer items-center gap-2 rounded-md bg-primary px-4 font-medium text-primary-foreground text-sm hover:bg-primary/90 has-focus-visible:outline-2 has-focus-visible:outline-ring has-focus-visible:outline-offset-2">
              {t('choose')}
              <input
                type="file"
                accept=".csv,.txt,.tsv,text/csv,text/plain"
                className="sr-only"
                onChange={event => {
                  void take(event.target.files?.[0])
                  // The same file may be chosen again after it was mended.
                  event.target.value = ''
                }}
              />
            </label>
          </>
        )}
        {children}
      </div>
    </div>
  )
}
