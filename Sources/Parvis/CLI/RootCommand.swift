internal import ArgumentParser
internal import Foundation
internal import Kernel

/// `parvis`.
struct RootCommand: AsyncParsableCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "parvis",
      abstract: "Runs skill-based volunteering programmes, from the call to the final report.",
      discussion: """
        Exit codes: 0 done, 64 usage, 65 invalid input, 66 not found, 69 unavailable, 70 our fault,
        73 cannot write, 74 disk, 75 try again, 77 not allowed, 78 configuration (docs/cli.md).
        """,
      version: parvisVersion,
      groupedSubcommands: [
        CommandGroup(
          name: "Instance",
          subcommands: [
            InitCommand.self, MoveCommand.self, DemoCommand.self, SeedCommand.self,
            HistoryCommand.self,
            ServeCommand.self, ConfigCommand.self,
            StatusCommand.self, TodoCommand.self, DoctorCommand.self,
            BackupCommand.self, VerifyCommand.self, RestoreCommand.self,
            APICommand.self,
          ]),
        CommandGroup(
          name: "Modules",
          subcommands: bareModules.filter {
            type(of: $0).name != StatusModule.name && !$0.endpoints.isEmpty
          }.map {
            command(for: $0)
          }),
      ])
  }

  /// Runs a command line and ends the process with its exit status.
  static func start(_ words: [String]) async {
    do {
      var command = try parseAsRoot(asked(words))
      if var asynchronous = command as? any AsyncParsableCommand {
        try await asynchronous.run()
      } else {
        try command.run()
      }
    } catch let error as any UserFacing {
      Console(Settings(scanning: words)).show(error.problem)
      Foundation.exit(ExitStatus(error.problem).rawValue)
    } catch {
      exit(withError: error)
    }
    Foundation.exit(0)
  }

  /// `help MODULE VERB` is `MODULE VERB --help`, since only the module knows its verbs.
  private static func asked(_ words: [String]) -> [String] {
    guard words.first == "help", words.count > 1,
      bareModules.contains(where: {
        type(of: $0).name == words[1] && words[1] != StatusModule.name
      })
    else { return words }
    return words.dropFirst() + ["--help"]
  }
}
