internal import Kernel

/// What the process ends with, after sysexits(3); documented in docs/cli.md.
enum ExitStatus: Int32 {
  case ok = 0
  case usage = 64
  case invalidInput = 65
  case notFound = 66
  case unavailable = 69
  case internalError = 70
  case cannotCreate = 73
  case inputOutput = 74
  case tryAgain = 75
  case notAllowed = 77
  case configuration = 78

  init(_ problem: Problem) {
    self =
      switch problem.code {
      case "usage", "method-not-allowed": .usage
      case "storage/damaged", "storage/disk-full": .inputOutput
      case "storage/read-only", "data/cannot-create", "data/not-empty": .cannotCreate
      case "storage/unavailable", "server/unreachable": .unavailable
      case "storage/busy", "data/held": .tryAgain
      case "data/missing", "schema/newer", "schema/edited", "configuration/invalid",
        "configuration/unreadable":
        .configuration
      default: Self(status: problem.status)
      }
  }

  private init(status: Int) {
    self =
      switch status {
      case 401, 403: .notAllowed
      case 404, 410: .notFound
      case 429, 503: .tryAgain
      case 507: .inputOutput
      case 400..<500: .invalidInput
      case 502, 504: .unavailable
      default: .internalError
      }
  }
}

extension Problem {
  /// The command line itself is wrong.
  static func usage(en: String, fr: String, adviceEn: String? = nil, adviceFr: String? = nil)
    -> Problem
  {
    Problem(
      "usage", status: 400, title: Words(en: "Not understood", fr: "Commande non comprise"),
      detail: Words(en: en, fr: fr),
      advice: adviceEn.map { Words(en: $0, fr: adviceFr ?? $0) })
  }
}
