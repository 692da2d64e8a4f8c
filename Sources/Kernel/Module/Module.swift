/// A module: what it stores, answers, reacts to and does from time to time.
public protocol Module: Sendable {
  /// Lower case, as in table names, paths and commands: `matching`.
  static var name: String { get }
  /// One line for the help of the command line.
  static var summary: Words { get }
  /// The steps of its schema, in order; released ones are never edited.
  var migrations: [Migration] { get }
  /// Its use cases: the lists of its files, one after the other.
  @UseCases var endpoints: [Endpoint] { get }
  /// What it does when a module says something, itself too.
  var subscriptions: [Subscription] { get }
  /// What it does from time to time, each by itself.
  var jobs: [Job] { get }
  /// What it has to say in the report; ids are its own for good.
  var figures: [Figure] { get }
  /// What the time of an edition is told by, in the order in which it comes.
  var timeline: [TimelineEntry] { get }
  /// The rules people must know, in the order they meet them: `docs/rules.md` quotes them.
  var rules: [Rule] { get }

  /// What whoever reads letters sent to `address` is to this module at this moment: one hat for each
  /// row of the module's own that stands for them. Nothing is copied anywhere, so that an address that
  /// is corrected, or a person who leaves, takes effect at once. Throws `StorageError`.
  func hats(of address: EmailAddress) async throws -> [Hat]

  /// The hat of one row of the module's own; nil when there is no such row, or it stands for nobody now.
  /// Throws `StorageError`.
  func hat(of grant: Grant) async throws -> Hat?

  /// What `actor` is owed or owes in this module, under the grant they act as now; for staff, what
  /// waits for the operator. Made from the states of the rows, never from a list kept by hand. Throws
  /// `StorageError`.
  func tasks(for actor: Actor, at now: Instant) async throws -> [WaitingTask]

  /// What this module has open in an edition, read off the states of its rows: who closes the edition
  /// is told. Throws `StorageError`.
  func unfinished(in edition: EditionID, _ connection: any Connection) throws -> [Unfinished]

  /// Where this module keeps what is about people: each of its tables in which there is any.
  var personalTables: [PersonalTable] { get }

  /// Which of its rows go when, by the purpose they are kept for.
  var retentions: [Retention] { get }

  /// Its tables whose rows stay, and why. Each of its tables is here or in `retentions`.
  var keptTables: [KeptTable] { get }

  /// Those of `people` of whom it keeps evidence that others rely on: hours given, places in teams. Throws
  /// `StorageError`.
  func reliedUpon(among people: [Grant], in connection: any Connection) throws -> Set<Grant>

  /// What people call its rows, for those who look at what was done to which.
  var rowWords: [RowWords] { get }

  /// Where its rows name files that are kept: each of its columns of hashes of contents.
  var fileColumns: [FileColumn] { get }

  /// Throws a `Problem` while something rests on somebody who is to be erased.
  func checkErasure(of subject: DataSubject, in connection: any Connection) throws

  /// What must happen before somebody is erased, in the transaction that erases them. Throws
  /// `StorageError`.
  func erasing(_ subject: DataSubject, in transaction: Transaction) throws

  /// Removes what is about somebody outside the database, before the transaction that erases them; done
  /// again, it does no harm.
  /// Throws where something is left; then nobody is erased.
  func erasingOutside(_ subject: DataSubject) async throws

  /// What must happen at once when what is kept about somebody is no longer to be used: what is on its way to
  /// them stops. Whom it is about is asked of the connection (`restricted(as:)`) from then on. Throws
  /// `StorageError`.
  func restricting(_ subject: DataSubject, in transaction: Transaction) throws

  /// What must happen when it may be used again: `subject` has the grants alone. Throws `StorageError`.
  func lifting(_ subject: DataSubject, in transaction: Transaction) throws

  /// What must hold before data that were restored from a backup are put to work: they are those of an
  /// earlier moment, and the world has gone on. Throws `StorageError`.
  func restored(in transaction: Transaction) throws
}

extension Module {
  /// None: it stores nothing.
  public var migrations: [Migration] { [] }
  /// None: it hears nothing.
  public var subscriptions: [Subscription] { [] }
  /// None: it does nothing by itself.
  public var jobs: [Job] { [] }
  /// None: nothing of it is in the report.
  public var figures: [Figure] { [] }
  /// None: no time is told by it.
  public var timeline: [TimelineEntry] { [] }
  /// None that people must know.
  public var rules: [Rule] { [] }
  /// None: it keeps no files.
  public var fileColumns: [FileColumn] { [] }
  /// None: its rows are shown by their ids.
  public var rowWords: [RowWords] { [] }
  /// None: nobody is anything to it.
  public func hats(of address: EmailAddress) async throws -> [Hat] { [] }
  /// Nil: nobody is anything to it.
  public func hat(of grant: Grant) async throws -> Hat? { nil }
  /// None: nothing of it waits for anybody.
  public func tasks(for actor: Actor, at now: Instant) async throws -> [WaitingTask] { [] }
  /// Nothing to do: what it stores is true at any time.
  public func restored(in transaction: Transaction) throws {}
}
