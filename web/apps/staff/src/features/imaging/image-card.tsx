import type { PatientImage } from '@chairside/api'
import { Button, cn } from '@chairside/ui'
import { CircleAlert, Download, Hourglass, Pencil, RotateCcw, Trash2 } from 'lucide-react'
import { useTranslations } from 'use-intl'
import { useImageWords } from './use-image-words'

type CardProps = {
  image: PatientImage
  chosen: boolean
  mayWrite: boolean
  mayStrike: boolean
  onOpen: () => void
  onChoose: () => void
  onAsk: (what: 'strike' | 'confirm' | 'describe') => void
  onRestore: () => void
}

/** One image of the gallery: small, with what it is of; or why it cannot be seen. */
export function ImageCard({ image, chosen, mayWrite, mayStrike, onOpen, onChoose, onAsk, onRestore }: CardProps) {
  const t = useTranslations('imaging')
  const what = useImageWords()(image)
  return (
    <li className={cn('grid content-start overflow-hidden rounded-lg border', image.struck_at && 'opacity-60')}>
      {image.state === 'ready' ? (
        <button
          type="button"
          data-image={image.id}
          data-kind={image.kind}
          draggable
          onDragStart={event => event.dataTransfer.setData('text/chairside-image', image.id)}
          onClick={onOpen}
          className="-outline-offset-2! grid aspect-4/3 place-items-center overflow-hidden bg-[black]"
        >
          <img src={image.links.thumb ?? ''} alt={what} loading="lazy" className="max-h-full max-w-full object-contain" />
        </button>
      ) : (
        <div className="grid aspect-4/3 place-content-center justify-items-center gap-2 bg-muted p-3 text-center text-sm">
          {image.state === 'held' || image.state === 'refused' ? <CircleAlert aria-hidden /> : <Hourglass aria-hidden />}
          <p role={image.state === 'refused' ? 'alert' : undefined}>
            {image.state === 'refused' && image.refusal ? t(`refusals.${image.refusal}`) : t(`states.${image.state as 'held'}`)}
          </p>
          {image.state === 'held' && mayWrite && !image.struck_at && (
            <Button size="sm" onClick={() => onAsk('confirm')}>
              {t('confirmLook')}
            </Button>
          )}
        </div>
      )}
      <div className="grid gap-1 p-2 text-sm">
        <span className={cn('font-medium', image.struck_at && 'line-through')}>{what}</span>
        {image.note && (
          <span dir="auto" className="text-muted-foreground">
            {image.note}
          </span>
        )}
        {image.confirmed && (
          <span dir="auto" className="text-muted-foreground text-xs">
            {t('confirmedAs', { reason: image.confirmed })}
          </span>
        )}
        {image.strike_reason && (
          <span dir="auto" className="text-destructive text-xs">
            {t('struckAs', { reason: image.strike_reason })}
          </span>
        )}
        <div className="flex flex-wrap items-center gap-1">
          {image.state === 'ready' && !image.struck_at && (
            <label className="me-auto flex items-center gap-1.5 text-xs">
              <input type="checkbox" checked={chosen} onChange={onChoose} /> {t('choose')}
            </label>
          )}
          {image.links.original && (
            <a
              href={image.links.original}
              download
              aria-label={t('original', { name: image.name })}
              className="grid size-8 place-items-center rounded-md hover:bg-accent [&_svg]:size-4"
            >
              <Download aria-hidden />
            </a>
          )}
          {mayWrite && !image.struck_at && (
            <Button size="sm" variant="ghost" aria-label={t('describeOne', { what })} onClick={() => onAsk('describe')}>
              <Pencil aria-hidden />
            </Button>
          )}
          {mayStrike && !image.struck_at && (
            <Button size="sm" variant="ghost" aria-label={t('strikeOne', { what })} onClick={() => onAsk('strike')}>
              <Trash2 aria-hidden />
            </Button>
          )}
          {mayStrike && image.struck_at && (
            <Button size="sm" variant="ghost" onClick={onRestore}>
              <RotateCcw aria-hidden /> {t('restore')}
            </Button>
          )}
        </div>
      </div>
    </li>
  )
}
