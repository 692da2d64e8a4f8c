internal import Foundation
internal import Kernel

/// Writes to standard output and standard error. Foundation's own writing ends the program at once where the
/// disk behind them is full or nobody reads any more.
enum StandardStream {
  /// What is said beside the answer: a line of the log, a note. Lost where it cannot be written, since the work
  /// it tells of is worth more.
  static func tell(_ text: String) { _ = write(text, to: STDERR_FILENO) }

  /// The answer itself. Half of it must not pass for the whole: where it cannot be written, the program says so
  /// and ends with 74.
  static func answer(_ text: String, in language: Language) {
    guard let fault = write(text, to: STDOUT_FILENO) else { return }
    // Whoever read has heard enough: `| head`.
    if fault != EPIPE {
      let reason = String(cString: strerror(fault))
      let words = Words(
        en: "parvis: the answer could not be written (\(reason)). What was asked is done.\n",
        fr:
          "parvis : la réponse n’a pas pu être écrite (\(reason)). Ce qui était demandé est fait.\n"
      )
      tell(words[language])
    }
    exit(ExitStatus.inputOutput.rawValue)
  }

  /// The error number where not all of it could be written.
  private static func write(_ text: String, to descriptor: Int32) -> Int32? {
    var text = text
    return text.withUTF8 { bytes in
      var rest = UnsafeRawBufferPointer(bytes)
      while let start = rest.baseAddress, !rest.isEmpty {
        let count = Foundation.write(descriptor, start, rest.count)
        if count > 0 {
          rest = UnsafeRawBufferPointer(rebasing: rest.dropFirst(count))
          continue
        }
        let fault = count < 0 ? errno : EIO
        if fault == EINTR { continue }
        guard fault == EAGAIN, descriptor == STDOUT_FILENO else { return fault }
        // Somebody made it non-blocking and reads slowly.
        var waiting = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
        _ = poll(&waiting, 1, -1)
      }
      return nil
    }
  }
}
