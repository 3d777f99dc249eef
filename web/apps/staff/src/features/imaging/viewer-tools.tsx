import { PRESET_COUNT } from '@chairside/imaging'
import { cn, Kbd } from '@chairside/ui'
import {
  ArrowUpRight,
  Contrast,
  FlipHorizontal2,
  FlipVertical2,
  type LucideIcon,
  Maximize,
  Move,
  RefreshCcw,
  RotateCcw,
  RotateCw,
  Ruler,
  SunMoon,
  Type,
  ZoomIn,
  ZoomOut,
} from 'lucide-react'
import { useTranslations } from 'use-intl'
import type { Tool, Viewing } from './use-viewing'

type ButtonProps = { icon?: LucideIcon; label: string; keys: string; pressed?: boolean; wide?: boolean; onPress: () => void }
function ToolButton({ icon: Icon, label, keys, pressed, wide, onPress }: ButtonProps) {
  return (
    <button
      type="button"
      aria-pressed={pressed}
      aria-keyshortcuts={keys}
      title={`${label} (${keys})`}
      onClick={onPress}
      className={cn(
        'flex h-9 min-w-9 items-center justify-center gap-1 rounded-md px-1.5 text-sm text-[white] hover:bg-[#ffffff26] [&_svg]:size-4',
        pressed && 'bg-[#ffffff40]',
      )}
    >
      {Icon && <Icon aria-hidden />}
      <span className={wide ? undefined : 'sr-only'}>{label}</span>
      <Kbd keys={keys} className="max-lg:hidden [&>span]:bg-[#ffffff1a] [&>span]:text-[white]" />
    </button>
  )
}

/** Everything that can be done to how an image is seen, with its key. */
export function ViewerTools({ viewing, mayWrite }: { viewing: Viewing; mayWrite: boolean }) {
  const t = useTranslations('imaging.tools')
  const tool = (name: Tool, icon: LucideIcon, keys: string) => (
    <ToolButton icon={icon} label={t(name)} keys={keys} pressed={viewing.tool === name} onPress={() => viewing.setTool(name)} />
  )
  return (
    <div
      role="toolbar"
      aria-label={t('label')}
      className="flex flex-wrap items-center gap-0.5 border-[#ffffff26] border-b px-2 py-1"
    >
      {tool('window', Contrast, 'W')}
      {tool('move', Move, 'P')}
      {tool('length', Ruler, 'M')}
      {mayWrite && tool('arrow', ArrowUpRight, 'A')}
      {mayWrite && tool('text', Type, 'T')}
      <span aria-hidden className="mx-1 h-5 w-px bg-[#ffffff33]" />
      {Array.from({ length: PRESET_COUNT }, (_, at) => (
        <ToolButton
          // biome-ignore lint/suspicious/noArrayIndexKey: the presets are numbered
          key={at}
          label={t(`preset${(at + 1) as 1}`)}
          keys={String(at + 1)}
          wide
          onPress={() => viewing.preset(at + 1)}
        />
      ))}
      <ToolButton icon={SunMoon} label={t('invert')} keys="I" pressed={viewing.inverted} onPress={viewing.invert} />
      <span aria-hidden className="mx-1 h-5 w-px bg-[#ffffff33]" />
      <ToolButton icon={RotateCcw} label={t('left')} keys="L" onPress={() => viewing.turn(-1)} />
      <ToolButton icon={RotateCw} label={t('right')} keys="R" onPress={() => viewing.turn(1)} />
      <ToolButton
        icon={FlipHorizontal2}
        label={t('flipX')}
        keys="H"
        pressed={viewing.view.flippedX}
        onPress={() => viewing.mirror('x')}
      />
      <ToolButton
        icon={FlipVertical2}
        label={t('flipY')}
        keys="V"
        pressed={viewing.view.flippedY}
        onPress={() => viewing.mirror('y')}
      />
      <ToolButton icon={ZoomIn} label={t('zoomIn')} keys="+" onPress={() => viewing.zoom(1.25)} />
      <ToolButton icon={ZoomOut} label={t('zoomOut')} keys="-" onPress={() => viewing.zoom(0.8)} />
      <ToolButton icon={Maximize} label={t('fit')} keys="=" onPress={viewing.fit} />
      <ToolButton icon={RefreshCcw} label={t('reset')} keys="Space" onPress={viewing.reset} />
    </div>
  )
}
