import { Search } from 'lucide-react'
import { useTranslations } from 'use-intl'

/** What was typed before the palette was there. */
export type Begun = { text: string; enter: boolean }
export type PaletteProps = { begun: Begun; onClose: () => void }

/** For the moment until the palette's script has come: what is typed meanwhile is meant for it, and not for the screen behind. */
export function PaletteToCome({ begun }: Pick<PaletteProps, 'begun'>) {
  const t = useTranslations('shell')
  return (
    <div className="flex items-center gap-2.5 px-4">
      <Search aria-hidden className="size-4 text-muted-foreground" />
      <input
        aria-label={t('palette')}
        placeholder={t('search')}
        className="h-12 flex-1 bg-transparent text-lg outline-none placeholder:text-muted-foreground"
        onInput={event => {
          begun.text = event.currentTarget.value
        }}
        onKeyDown={event => {
          if (event.key === 'Enter' && !event.nativeEvent.isComposing) begun.enter = true
        }}
      />
    </div>
  )
}
