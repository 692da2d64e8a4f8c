public import Foundation
public import Kernel
internal import Synchronization

/// Keeps files for a test in memory, by a hash that is good enough to tell them apart.
public final class MemoryFiles: FileStore {
  private let kept = Mutex<[ContentHash: Data]>([:])

  public init() {}

  public var contents: [ContentHash: Data] { kept.withLock { $0 } }

  public func keep(_ upload: Upload) async throws -> KeptFile {
    guard case .inline(let name, let data) = upload else {
      throw Problem.invalid("file", en: "is not here", fr: "n’est pas là")
    }
    let type = try FileType.checked(FileBytes(data), named: name)
    let hash = Self.hash(of: data)
    kept.withLock { $0[hash] = data }
    return KeptFile(name: name, type: type, bytes: data.count, content: hash)
  }

  public func remove(_ content: ContentHash) async throws {
    kept.withLock { $0[content] = nil }
  }

  private static func hash(of data: Data) -> ContentHash {
    let digits = (0..<4 as Range<UInt64>).map { seed in
      let number = data.reduce(0xCBF2_9CE4_8422_2325 &+ seed) {
        ($0 ^ UInt64($1)) &* 0x100_0000_01B3
      }
      let text = String(number, radix: 16)
      return String(repeating: "0", count: 16 - text.count) + text
    }
    return ContentHash(digits.joined()) ?? .sample
  }
}
