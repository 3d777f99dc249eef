import { expect, it } from 'vitest'
import { merge } from './merge'

it.each([
  ['h-control px-3 h-9', 'px-3 h-9'],
  ['size-control size-6', 'size-6'],
  ['w-4 h-4 size-3', 'size-3'],
  ['px-3 pe-8', 'px-3 pe-8'],
  ['pe-8 px-3', 'px-3'],
  ['text-sm text-muted-foreground text-xs', 'text-muted-foreground text-xs'],
  ['text-2xs text-muted-foreground', 'text-2xs text-muted-foreground'],
  ['bg-accent bg-destructive-soft', 'bg-destructive-soft'],
  ['border border-input border-transparent', 'border border-transparent'],
  ['border-b border-input', 'border-b border-input'],
  ['rounded-md rounded-none border-b', 'rounded-none border-b'],
  ['hover:bg-accent bg-background', 'hover:bg-accent bg-background'],
  ['max-sm:px-4 px-6 max-sm:px-2', 'px-6 max-sm:px-2'],
  ['[&_svg]:size-4 [&_svg]:size-5 size-7', '[&_svg]:size-5 size-7'],
  ['data-[state=on]:bg-background data-[state=on]:bg-muted', 'data-[state=on]:bg-muted'],
  ['inline-flex items-center hidden', 'items-center hidden'],
  ['truncate truncate', 'truncate'],
  ['max-w-lg max-w-[30rem]', 'max-w-[30rem]'],
  ['font-medium font-semibold', 'font-semibold'],
  ['-mt-2 mt-4', 'mt-4'],
  ['h-auto py-2 h-9!', 'h-auto py-2 h-9!'],
])('%s → %s', (given, left) => expect(merge(given)).toBe(left))
