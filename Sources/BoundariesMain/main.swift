internal import Boundaries
internal import Foundation

// Reads the package's dump from standard input and the folders below the working directory.
let dump = FileHandle.standardInput.readDataToEndOfFile()
let manager = FileManager.default
let folders = (try manager.contentsOfDirectory(atPath: "Modules")).filter { name in
  var isFolder: ObjCBool = false
  return manager.fileExists(atPath: "Modules/" + name, isDirectory: &isFolder) && isFolder.boolValue
}.sorted()
let files = ["Modules", "Sources"].flatMap { root in
  (manager.enumerator(atPath: root)?.allObjects as? [String] ?? []).filter {
    $0.hasSuffix(".swift")
  }
  .map { path in
    let bytes = manager.contents(atPath: root + "/" + path) ?? Data()
    return SourceFile(path: root + "/" + path, text: String(decoding: bytes, as: UTF8.self))
  }
}
let rules = Rules(manifest: try Manifest(dump: dump), folders: folders, files: files)
let offences = rules.offences()
for offence in offences { print("✗ \(offence)") }
guard offences.isEmpty, !folders.isEmpty, !files.isEmpty else {
  print("\(offences.count) offences against the module rules (docs/architecture.md)")
  exit(1)
}
print("✓ \(folders.count) modules, \(files.count) files keep their boundaries")
