import type { ComponentProps, ElementType } from 'react'

type Props = ComponentProps<'div'> & { as?: ElementType; allowPinchZoom?: boolean; shards?: unknown }

/**
 * Stands in for react-remove-scroll, which Radix brings along (see vite.config.ts): the original injects a style element, which
 * the page's policy forbids, to stop the page behind a dialog from scrolling, which ours never does.
 */
export function RemoveScroll({ as: Element = 'div', allowPinchZoom: _, shards: __, ...rest }: Props) {
  return <Element {...rest} />
}
