import { type Import, type Problem, Refused, Unreachable } from '@chairside/api'

/** Bytes with their progress (0 to 1), which fetch cannot tell. They go to the address that the import was given. */
export function upload(url: string, file: File, onProgress: (part: number) => void): Promise<Import> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest()
    request.open('PUT', url)
    request.setRequestHeader('content-type', 'text/csv')
    request.upload.onprogress = event => event.lengthComputable && onProgress(event.loaded / event.total)
    request.onerror = request.onabort = () => reject(new Unreachable(''))
    request.onload = () => {
      const isProblem = request.getResponseHeader('content-type')?.startsWith('application/problem+json')
      if (request.status < 300) resolve(JSON.parse(request.responseText) as Import)
      else if (isProblem) reject(new Refused(JSON.parse(request.responseText) as Problem))
      else reject(new Unreachable(request.getResponseHeader('x-request-id') ?? ''))
    }
    request.send(file)
  })
}
