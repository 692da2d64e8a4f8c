/// A file that is kept: what a row holds of it.
public struct KeptFile: Sendable, Hashable {
  /// Cleaned: safe to save under.
  public let name: FileName
  /// As the bytes say, not the name.
  public let type: FileType
  /// How large it is, in bytes; never 0.
  public let bytes: Int
  /// Where it is kept; equal contents are kept once.
  public let content: ContentHash

  public init(name: FileName, type: FileType, bytes: Int, content: ContentHash) {
    self.name = name
    self.type = type
    self.bytes = bytes
    self.content = content
  }
}

/// Where files are kept, by their contents. Rows name what they hold by its hash; what no row names goes
/// after a while.
public protocol FileStore: Sendable {
  /// Puts what came with an input where it stays, and says what it is; done again with the same upload, it
  /// says the same. Nothing is kept for good before a row names it. Throws a `Problem` about `file` where it
  /// is too large, of no kind that is taken, or called otherwise than it is.
  func keep(_ upload: Upload) async throws -> KeptFile
  /// Takes contents away at once; done again, it does no harm.
  /// Throws what the place of the files throws.
  func remove(_ content: ContentHash) async throws
}

/// Where there is no place for files: a list of use cases without data behind it.
public struct NoFiles: FileStore {
  public init() {}
  /// Throws `StorageError.unavailable`, always.
  public func keep(_ upload: Upload) async throws -> KeptFile {
    throw StorageError.unavailable("no files are kept here")
  }
  /// Does nothing: there is none.
  public func remove(_ content: ContentHash) async throws {}
}

/// A column in which a module's rows name contents that are kept.
public struct FileColumn: Sendable, Hashable {
  /// A name fixed in code.
  public let table: String
  /// Holds a `ContentHash`, or null.
  public let column: String
  public init(_ table: String, _ column: String) {
    self.table = table
    self.column = column
  }
}

extension Connection {
  /// The contents that rows name in these columns. Throws `StorageError`.
  public func namedContents(_ columns: [FileColumn]) throws -> Set<ContentHash> {
    var named: Set<ContentHash> = []
    for column in columns {
      // Names of tables and columns are fixed in code.
      let text = "SELECT DISTINCT \(column.column) AS content FROM \(column.table)"
      for row in try rows(SQL(text: text, values: [])) { named.insert(try row.get("content")) }
    }
    return named
  }
}

/// What a use case that hands a file out answers (`answersWithFile`): the faces send the contents in its
/// stead.
public struct SentFile: Codable, Sendable, Hashable {
  /// What it is saved as.
  public let name: FileName
  /// What it is sent as.
  public let type: FileType
  /// How large it is, in bytes.
  public let bytes: Int
  /// Where the contents are; whoever may call the use case may have them.
  public let content: ContentHash

  /// The file as it is handed out; it must be kept already.
  public init(_ file: KeptFile) {
    name = file.name
    type = file.type
    bytes = file.bytes
    content = file.content
  }
}
