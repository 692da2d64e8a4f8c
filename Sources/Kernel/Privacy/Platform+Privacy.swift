extension Context {
  /// Every table in which people are, the kernel's and those of all modules.
  fileprivate var personalTables: [PersonalTable] {
    routes.modules.flatMap(\.personalTables) + kernelPersonalTables
  }

  /// The person that `start` leads to, with all names and addresses their rows know. Throws
  /// `StorageError`.
  public func dataSubject(
    _ start: DataSubject, in connection: any Connection
  ) throws -> DataSubject {
    try connection.subject(start, in: personalTables)
  }

  /// Throws a `Problem` where something still rests on the person.
  public func checkErasure(of subject: DataSubject, in connection: any Connection) throws {
    for module in routes.modules { try module.checkErasure(of: subject, in: connection) }
  }

  /// Removes what is about them outside the database. Throws what the modules throw.
  public func eraseOutside(_ subject: DataSubject) async throws {
    for module in routes.modules { try await module.erasingOutside(subject) }
  }
}

extension Transaction {
  /// Everything that is kept about somebody, table by table. Throws `StorageError`.
  public func personalData(about subject: DataSubject) throws -> [PersonalRecords] {
    try records(about: subject, in: context.personalTables)
  }

  /// Takes somebody out of all tables: the modules do what must happen first, then their names and
  /// addresses become a pseudonym's everywhere and the rest of what is about them goes. What they did
  /// stays, as somebody's of whom nothing is known. Throws `StorageError`.
  public func erase(_ subject: DataSubject) throws -> Pseudonym {
    let pseudonym = Pseudonym(number: try nextNumber(of: "kernel.erased"))
    for module in context.routes.modules { try module.erasing(subject, in: self) }
    try erase(subject, as: pseudonym, in: context.personalTables)
    return pseudonym
  }
}

extension Module {
  /// None: nothing of it is about people.
  public var personalTables: [PersonalTable] { [] }
  /// Nothing rests on anybody.
  public func checkErasure(of subject: DataSubject, in connection: any Connection) throws {}
  /// Nothing must happen first.
  public func erasing(_ subject: DataSubject, in transaction: Transaction) throws {}
  /// Nothing is kept outside the database.
  public func erasingOutside(_ subject: DataSubject) async throws {}
}

extension Context {
  /// What whoever reads letters to an address is to all modules now. Throws `StorageError`.
  public func hats(of address: EmailAddress) async throws -> [Hat] {
    var hats: [Hat] = []
    for module in routes.modules { hats += try await module.hats(of: address) }
    return hats
  }
}
