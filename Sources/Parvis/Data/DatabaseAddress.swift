internal import Foundation
internal import Kernel
internal import Postgres
internal import SQLite

/// Where the data of a folder are, when not in it.
enum DatabaseAddress {
  /// What somebody named as the database of a folder. Throws a `Problem` where it is none, holds a
  /// password that would be kept, or the folder has data elsewhere.
  static func stated(_ url: String, for directory: DataDirectory) throws -> String {
    _ = try wellFormed(url)
    let kept = try directory.postgresURL()
    guard !directory.isInitialised || kept == url else {
      throw Problem(
        "data/elsewhere", status: 409,
        title: Words(en: "The data are elsewhere", fr: "Les données sont ailleurs"),
        detail: Words(
          en: "\(directory.path) is an instance already, with another database.",
          fr: "\(directory.path) est déjà une instance, avec une autre base."),
        advice: Words(
          en: "Nothing was changed. Name a new folder with --data, or move the data: parvis move.",
          fr:
            "Rien n’a changé. Indiquez un nouveau dossier avec --data, ou déplacez les données : parvis move."
        ))
    }
    return url
  }

  /// The address in a URL. Throws a `Problem` where it is none, or holds a password.
  static func wellFormed(_ url: String) throws -> PostgresAddress {
    guard let address = PostgresAddress(url) else {
      throw Problem.usage(
        en: "--database wants the URL of a PostgreSQL database: postgres://user@host:5432/name.",
        fr: "--database attend l’URL d’une base PostgreSQL : postgres://utilisateur@hote:5432/nom.")
    }
    guard !address.holdsPassword else {
      throw Problem.usage(
        en:
          "--database holds a password, which would be kept in a file: put it into the file that PGPASSFILE names (~/.pgpass), or into PGPASSWORD.",
        fr:
          "--database contient un mot de passe, qui resterait dans un fichier : mettez-le dans le fichier que nomme PGPASSFILE (~/.pgpass), ou dans PGPASSWORD."
      )
    }
    return address
  }
}

extension DataDirectory {
  /// The file without which there is no instance.
  var mainFile: String {
    FileManager.default.fileExists(atPath: databaseAddress) ? databaseAddress : database
  }

  /// The URL of the database on PostgreSQL; nil where the data are in the folder. Throws a `Problem`.
  func postgresURL() throws -> String? {
    guard FileManager.default.fileExists(atPath: databaseAddress) else { return nil }
    guard let data = FileManager.default.contents(atPath: databaseAddress) else {
      throw StorageError.readOnly.problem
    }
    return String(decoding: data, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)
  }

  /// Notes that the data are on PostgreSQL, for the owner alone. The database answers first. Throws a
  /// `Problem` or `StorageError`.
  func keep(_ url: String) throws {
    guard let address = PostgresAddress(url) else { throw StorageError.unavailable("no URL") }
    _ = try PostgresDatabase(address)
    do {
      try WholeFile.write(
        Array((url + "\n").utf8), to: databaseAddress, permissions: 0o600, syncing: true)
    } catch let failure as WholeFile.Failure {
      throw Problem.cannotCreate(databaseAddress, because: failure.description)
    }
  }

  /// Opens the database, in the folder or where the folder says it is. Throws `StorageError` or a
  /// `Problem`.
  func openDatabase(
    surviving durability: SQLiteDatabase.Durability = .powerCut
  ) throws -> any Database {
    guard let address = try postgresAddress() else {
      return try SQLiteDatabase(file: database, surviving: durability)
    }
    return try PostgresDatabase(address)
  }

  /// Where the database on PostgreSQL is; nil where the data are in the folder. Throws a `Problem`.
  func postgresAddress() throws -> PostgresAddress? {
    guard let url = try postgresURL() else { return nil }
    guard let address = PostgresAddress(url) else {
      throw Problem(
        "data/no-address", status: 503,
        title: Words(en: "No address of a database", fr: "Pas d’adresse de base"),
        detail: Words(
          en: "\(databaseAddress) does not hold the URL of a PostgreSQL database.",
          fr: "\(databaseAddress) ne contient pas l’URL d’une base PostgreSQL."),
        advice: Words(
          en: "Write one line into it: postgres://user@host:5432/name",
          fr: "Écrivez-y une ligne : postgres://utilisateur@hote:5432/nom"))
    }
    return address
  }
}
