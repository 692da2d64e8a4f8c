internal import Foundation
internal import Kernel
internal import Yams

/// The folder of an edition's seeds, read as plain values. `seeds/README.md` describes its files.
struct SeedFolder: Sendable {
  let path: String

  /// Those of the project's folder; where that is not, those the package brings.
  static let usual: String = {
    let (here, installed) = ("seeds/la-defense-2020", "/usr/share/parvis/seeds/la-defense-2020")
    let files = FileManager.default
    return !files.fileExists(atPath: here) && files.fileExists(atPath: installed)
      ? installed : here
  }()

  /// Reads a YAML or JSON file. Throws a `Problem` that names the file and what is wrong with it.
  func value(_ name: String) throws -> JSON {
    let text = String(decoding: try bytes(name), as: UTF8.self)
    do {
      return try name.hasSuffix(".json") ? JSON(parsing: text) : JSON(yaml: text)
    } catch let error as Problem {
      throw unreadable(name, error.detail)
    } catch {
      throw unreadable(name, Words("\(error)"))
    }
  }

  /// A file as it is. Throws a `Problem` that names it.
  func bytes(_ name: String) throws -> Data {
    guard let data = FileManager.default.contents(atPath: path + "/" + name) else {
      throw Problem(
        "seeds/missing", status: 503,
        title: Words(en: "Seeds not found", fr: "Données introuvables"),
        detail: Words(
          en: "There is no file \(path)/\(name).", fr: "Il n’y a pas de fichier \(path)/\(name)."),
        advice: Words(
          en: "Run it from the project’s folder, or name the seeds with --seeds.",
          fr: "Lancez depuis le dossier du projet, ou indiquez les données avec --seeds."))
    }
    return data
  }

  /// The names of the files of a folder, without their ending, in alphabetical order.
  func names(in folder: String) throws -> [String] {
    let all = (try? FileManager.default.contentsOfDirectory(atPath: path + "/" + folder)) ?? []
    return all.filter { $0.hasSuffix(".json") }.map { String($0.dropLast(5)) }.sorted()
  }

  private func unreadable(_ name: String, _ detail: Words) -> Problem {
    Problem(
      "seeds/unreadable", status: 422,
      title: Words(en: "Unreadable seeds", fr: "Données illisibles"),
      detail: Words(en: "\(path)/\(name): \(detail.en)", fr: "\(path)/\(name) : \(detail.fr)"))
  }
}

extension JSON {
  /// Reads a YAML document. Throws what the parser throws, with line and column.
  init(yaml text: String) throws {
    self = JSON(loaded: try Yams.load(yaml: text))
  }

  private init(loaded value: Any?) {
    switch value {
    case let text as String: self = .string(text)
    case let flag as Bool: self = .bool(flag)
    case let whole as Int: self = .integer(Int64(whole))
    case let number as Double: self = .number(number)
    case let list as [Any]: self = .array(list.map { JSON(loaded: $0) })
    case let members as [AnyHashable: Any]:
      self = .object(
        Dictionary(members.map { ("\($0.key)", JSON(loaded: $0.value)) }) { _, last in last })
    default: self = .null
    }
  }

  /// Some members of an object, for an input that takes no others.
  func only(_ names: String...) -> [String: JSON] {
    guard case .object(let members) = self else { return [:] }
    return members.filter { names.contains($0.key) }
  }

  /// The texts of a list.
  var texts: [String] { items.compactMap(\.text) }

  /// The text of a member; empty where there is none.
  func text(_ name: String) -> String { self[name]?.text ?? "" }
}
