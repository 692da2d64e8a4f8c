internal import GRDB
internal import Kernel

/// Runs `body`, with the driver's errors in the words of the port.
func translating<T>(_ body: () throws -> T) throws -> T {
  do {
    return try body()
  } catch let error as DatabaseError {
    throw StorageError(error)
  }
}

func translating<T>(_ body: () async throws -> T) async throws -> T {
  do {
    return try await body()
  } catch let error as DatabaseError {
    throw StorageError(error)
  }
}

extension StorageError {
  init(_ error: DatabaseError) {
    let detail = error.message ?? "no detail"
    switch error.resultCode {
    case .SQLITE_BUSY, .SQLITE_LOCKED: self = .busy
    case .SQLITE_FULL: self = .full
    case .SQLITE_READONLY, .SQLITE_PERM: self = .readOnly
    case .SQLITE_CORRUPT, .SQLITE_NOTADB: self = .damaged(detail)
    case .SQLITE_CANTOPEN, .SQLITE_IOERR: self = .unavailable(detail)
    case .SQLITE_CONSTRAINT: self = .constraint(detail)
    default: self = .statement(detail)
    }
  }
}
