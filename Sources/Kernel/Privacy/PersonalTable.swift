/// Where a module keeps what is about people, said once per table: an export reads it, an erasure
/// writes it. Nothing about people is kept that no such line names.
public struct PersonalTable: Sendable {
  /// How a row tells whom it is about.
  public enum Owner: Sendable {
    /// A column holds the subject of a grant of this role.
    case subject(Role, String)
    /// A column holds the subject of any grant.
    case anySubject(String)
    /// A column holds the id of an account.
    case account(String)
    /// A column holds an address that is this person's alone.
    case address(String)
    /// Two columns hold an address and a name: people share addresses.
    case contact(address: String, name: String)
  }

  /// What erasing somebody does to a column of their rows.
  public enum Treatment: Sendable {
    /// It is a name, and becomes the pseudonym.
    case name
    /// It is an address, and becomes the one that leads nowhere.
    case address
    /// It becomes nothing.
    case null
    /// It becomes an empty text.
    case empty
    /// It becomes the id of its row, where a value must stay different from those of others.
    case id
  }

  let table: String
  /// What it is kept for, as the person reads it.
  let purpose: Words
  let owners: [Owner]
  let columns: [(name: String, treatment: Treatment)]
  /// Whether their rows go as a whole.
  let isDeleted: Bool
  /// Columns of all rows in which anybody may be named or written to.
  let mentions: [String]

  /// Rows about one person; `columns` change when they are erased.
  public init(
    _ table: String, _ purpose: Words, of owners: Owner...,
    columns: KeyValuePairs<String, Treatment> = [:], mentions: [String] = []
  ) {
    self.table = table
    self.purpose = purpose
    self.owners = owners
    self.columns = columns.map { ($0.key, $0.value) }
    self.mentions = mentions
    isDeleted = false
  }

  /// Rows about one person that go with them.
  public init(deleting table: String, _ purpose: Words, of owners: Owner...) {
    self.table = table
    self.purpose = purpose
    self.owners = owners
    columns = []
    mentions = []
    isDeleted = true
  }

  /// Texts of nobody's own that may name people.
  public init(mentions: String..., in table: String) {
    self.table = table
    purpose = Words("")
    owners = []
    columns = []
    self.mentions = mentions
    isDeleted = false
  }
}

/// The kernel's own tables: what was said and answered. The audit names people by ids only, which say
/// nothing once the rows they lead to are pseudonymous.
let kernelPersonalTables = [
  PersonalTable(
    "kernel_event",
    Words(en: "what happened, for the modules", fr: "ce qui s’est passé, pour les modules"),
    of: .anySubject("aggregate"), mentions: ["payload"]),
  PersonalTable(mentions: "answer", in: "kernel_idempotency"),
]
