#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif
import Synchronization

/// Threads that share work cut into numbered pieces.
///
/// Who does a piece is open, what it is is not: callers cut the work by the instance alone and never by
/// the number of threads, so that any crew gives the same answer. Whoever calls `share` works too and
/// takes every piece that nobody else has taken: a helper that the machine does not run costs nothing.
final class Crew: Sendable {
  /// All who work, the caller included.
  let size: Int
  /// Nil when there is nobody to share with.
  private let desk: Desk?

  init(size: Int) {
    self.size = max(1, size)
    desk = size > 1 ? Desk() : nil
    for _ in 1..<self.size { desk?.hire() }
  }

  deinit { desk?.close() }

  /// Does `work` for every piece `0 ..< count`, each once, in any order and on any thread of the crew.
  /// Pieces must not write what other pieces read or write. Only one thread may call this, and not
  /// from within a piece.
  func share(_ count: Int, _ work: (Int) -> Void) {
    guard let desk, count > 1 else {
      for piece in 0..<count { work(piece) }
      return
    }
    withoutActuallyEscaping(work) { work in
      var first = 0
      while first < count {
        let start = first
        desk.share(min(count - start, Desk.most)) { work(start + $0) }
        first += Desk.most
      }
    }
  }
}

/// Where the pieces lie.
private final class Desk: Sendable {
  /// The round, the number of pieces and the first that nobody has taken, in one word: a helper that
  /// comes late cannot take a piece of another round.
  private let ticket = Atomic<UInt64>(0)
  private let finished = Atomic<Int>(0)
  private let isClosed = Atomic<Bool>(false)
  private let sleeping = Atomic<Int>(0)
  private let bell = Bell()
  /// What is done with a piece. Unsafe because the compiler cannot see that it is written only while
  /// no piece is open (the round before is finished, the next not yet on the ticket, which is stored
  /// with release), and read only by who has taken a piece of the round (with acquire).
  private nonisolated(unsafe) var work: ((Int) -> Void)?

  private static let countBits: UInt64 = 16
  private static let mask: UInt64 = 1 << countBits - 1
  /// The most pieces of a round.
  static let most = Int(mask)

  func share(_ count: Int, _ work: @escaping (Int) -> Void) {
    self.work = work
    finished.store(0, ordering: .relaxed)
    let round = ticket.load(ordering: .relaxed) >> (2 * Self.countBits) &+ 1
    ticket.store(
      round << (2 * Self.countBits) | UInt64(count) << Self.countBits,
      ordering: .sequentiallyConsistent)
    if sleeping.load(ordering: .sequentiallyConsistent) > 0 { bell.ring() }
    while takeOne() {}
    var turns = 0
    while finished.load(ordering: .acquiring) < count {
      turns &+= 1
      if turns & 255 == 0 { sched_yield() }
    }
    self.work = nil
  }

  /// Takes a piece and does it; returns whether there was one.
  private func takeOne() -> Bool {
    var seen = ticket.load(ordering: .acquiring)
    while true {
      let (count, next) = (seen >> Self.countBits & Self.mask, seen & Self.mask)
      if next >= count { return false }
      let (taken, found) = ticket.weakCompareExchange(
        expected: seen, desired: seen &+ 1, ordering: .acquiringAndReleasing)
      if taken {
        work?(Int(next))
        finished.add(1, ordering: .acquiringAndReleasing)
        return true
      }
      seen = found
    }
  }

  func hire() {
    let desk = Unmanaged.passRetained(self)
    #if canImport(Darwin)
      var thread: pthread_t?
      let failed = pthread_create(&thread, nil, { Desk.start($0) }, desk.toOpaque())
    #else
      var thread = pthread_t()
      let failed = pthread_create(&thread, nil, { $0.flatMap { Desk.start($0) } }, desk.toOpaque())
    #endif
    if failed != 0 {
      // Fewer helpers than asked for: it only takes longer.
      desk.release()
      return
    }
    #if canImport(Darwin)
      if let thread { pthread_detach(thread) }
    #else
      pthread_detach(thread)
    #endif
  }

  private static func start(_ desk: UnsafeMutableRawPointer) -> UnsafeMutableRawPointer? {
    Unmanaged<Desk>.fromOpaque(desk).takeRetainedValue().help()
    return nil
  }

  private func help() {
    var idle = 0
    while !isClosed.load(ordering: .relaxed) {
      if takeOne() {
        idle = 0
        continue
      }
      idle &+= 1
      // Rounds follow each other within microseconds for long stretches, so a nap costs more than
      // a short wait.
      if idle < 4_000 { continue }
      idle = 0
      sleeping.add(1, ordering: .sequentiallyConsistent)
      bell.wait { [self] in
        let seen = ticket.load(ordering: .sequentiallyConsistent)
        return seen & Self.mask < seen >> Self.countBits & Self.mask
          || isClosed.load(ordering: .sequentiallyConsistent)
      }
      sleeping.subtract(1, ordering: .sequentiallyConsistent)
    }
  }

  func close() {
    isClosed.store(true, ordering: .sequentiallyConsistent)
    bell.ring()
  }
}

/// Wakes who waits.
///
/// Unchecked because the compiler knows nothing of the C library's locks; both pointers are constant
/// and what they point to is made to be used by several threads.
private final class Bell: @unchecked Sendable {
  private let lock = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
  private let sound = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)

  init() {
    lock.initialize(to: pthread_mutex_t())
    sound.initialize(to: pthread_cond_t())
    pthread_mutex_init(lock, nil)
    pthread_cond_init(sound, nil)
  }

  deinit {
    pthread_cond_destroy(sound)
    pthread_mutex_destroy(lock)
    sound.deallocate()
    lock.deallocate()
  }

  func ring() {
    pthread_mutex_lock(lock)
    pthread_cond_broadcast(sound)
    pthread_mutex_unlock(lock)
  }

  func wait(until isSo: () -> Bool) {
    pthread_mutex_lock(lock)
    while !isSo() { pthread_cond_wait(sound, lock) }
    pthread_mutex_unlock(lock)
  }
}
