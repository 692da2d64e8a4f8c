import Foundation

/// `matching-instances FAMILY SEED [-o FILE]`: instances of the matching problem, the same bytes on
/// every machine.
@main
struct MatchingInstances {
  static let usage = """
    usage: matching-instances FAMILY SEED [-o FILE] [-j TASKS]
      FAMILY  seed, city, national, huge, or custom with
              --volunteers N [--missions N] [--skills N] [--zones N] [--companies N]
              [--degree-low N] [--degree-high N]
      SEED    a whole number, 0 or more
      -o      where the instance goes; standard output when absent
      -j      how many tasks make it (the result does not depend on it); 2 when absent
    """

  static func main() async {
    do {
      let request = try Request(Array(CommandLine.arguments.dropFirst()))
      let instance = await GeneratedInstance(
        family: request.family, seed: request.seed, tasks: request.tasks)
      try write(instance, to: request.output)
    } catch let problem as Problem {
      complain(problem.text + "\n\n" + usage)
      exit(2)
    } catch {
      complain("cannot write the instance: \(error.localizedDescription)")
      exit(1)
    }
  }

  private static func write(_ instance: GeneratedInstance, to path: String?) throws {
    var output = FileHandle.standardOutput
    if let path {
      let url = URL(fileURLWithPath: path)
      try Data().write(to: url)
      output = try FileHandle(forWritingTo: url)
    }
    try InstanceFileText.write(instance) { try output.write(contentsOf: Data($0)) }
    try output.close()
  }

  private static func complain(_ text: String) {
    FileHandle.standardError.write(Data("matching-instances: \(text)\n".utf8))
  }
}

/// What is wrong with the command line.
struct Problem: Error { let text: String }

/// The command line, read.
struct Request {
  var family = Family(volunteers: 0)
  var seed: UInt64 = 0
  var output: String?
  var tasks = 2

  init(_ arguments: [String]) throws {
    var rest = arguments[...]
    var plain: [String] = []
    var sizes: [String: Int] = [:]
    while let argument = rest.popFirst() {
      guard argument.hasPrefix("-") else {
        plain.append(argument)
        continue
      }
      guard let value = rest.popFirst() else { throw Problem(text: "\(argument) needs a value") }
      if argument == "-o" {
        output = value
      } else if let number = Int(value), number >= 0 {
        if argument == "-j" { tasks = number } else { sizes[argument] = number }
      } else {
        throw Problem(text: "\(argument) needs a whole number, 0 or more")
      }
    }
    guard plain.count == 2 else { throw Problem(text: "a family and a seed are needed") }
    guard let seed = UInt64(plain[1]) else { throw Problem(text: "\(plain[1]) is not a seed") }
    self.seed = seed
    family = try Self.family(plain[0], sizes: sizes)
    if let flaw = family.flaw { throw Problem(text: flaw) }
  }

  private static func family(_ name: String, sizes: [String: Int]) throws -> Family {
    if let known = Family.named.first(where: { $0.name == name }) {
      guard sizes.isEmpty else { throw Problem(text: "only the family custom has sizes") }
      return known.family
    }
    guard name == "custom" else { throw Problem(text: "there is no family \(name)") }
    guard let volunteers = sizes["--volunteers"] else {
      throw Problem(text: "custom needs --volunteers")
    }
    var family = Family(volunteers: volunteers)
    for (option, value) in sizes {
      switch option {
      case "--volunteers": break
      case "--missions": family.missions = value
      case "--skills": family.skills = value
      case "--zones": family.zones = value
      case "--companies": family.companies = value
      case "--degree-low": family.degreeLow = value
      case "--degree-high": family.degreeHigh = value
      default: throw Problem(text: "there is no option \(option)")
      }
    }
    return family
  }
}
