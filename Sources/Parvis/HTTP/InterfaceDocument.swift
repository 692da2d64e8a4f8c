internal import Foundation
internal import HTTPTypes
internal import Hummingbird
internal import Kernel
internal import NIOCore
internal import Synchronization

/// The document of the interface as it is served: made at the first request for it, the same for as long as
/// the program runs, with a tag by which clients know that they have it.
final class InterfaceDocument: Sendable {
  private struct Made: Sendable {
    let body: ByteBuffer
    let tag: String
  }
  private let endpoints: [Endpoint]
  private let made = Mutex<Made?>(nil)

  init(of endpoints: [Endpoint]) { self.endpoints = endpoints }

  /// The document, or that the client has it already.
  func response(to tags: String?) -> Response {
    let document = document()
    let headers: HTTPFields = [
      .contentType: "application/json", .cacheControl: "no-cache", .eTag: document.tag,
    ]
    if isKnown(document.tag, by: tags) {
      return Response(status: .notModified, headers: headers)
    }
    return Response(
      status: .ok, headers: headers, body: ResponseBody(byteBuffer: document.body))
  }

  private func document() -> Made {
    made.withLock { known in
      if let known { return known }
      let document = openAPIDocument(endpoints, version: parvisVersion)
      let bytes = (try? EncodedJSON(of: document).bytes) ?? []
      // FNV-1a: a tag need not be a secret, only another for other bytes.
      let hash = bytes.reduce(0xcbf2_9ce4_8422_2325 as UInt64) {
        ($0 ^ UInt64($1)) &* 0x100_0000_01b3
      }
      let made = Made(
        body: ByteBuffer(bytes: bytes), tag: "\"\(String(hash, radix: 36))\"")
      known = made
      return made
    }
  }
}
