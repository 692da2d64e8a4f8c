import ParvisApp

@main
struct Main {
  static func main() async { await Parvis.run(CommandLine.arguments) }
}
