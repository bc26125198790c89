import Testing

@Suite struct ArchitectureTests {
    @Test func `every import stands in the table of layers`() throws {
        let table = Dictionary(uniqueKeysWithValues: layers.map { ($0.target, $0) })
        for file in try SourceTree.files(in: ["Sources"]) {
            let layer = try #require(table[file.target], "\(file.path): its target is not in the table")
            for module in file.imports {
                let isAllowed = layer.imports.contains(module) || languageModules.contains(module)
                #expect(isAllowed, "\(file.path) imports \(module)")
            }
        }
    }

    @Test func `the table itself keeps its direction`() {
        let order = Dictionary(uniqueKeysWithValues: layers.enumerated().map { ($1.target, $0) })
        for (index, layer) in layers.enumerated() {
            for module in layer.imports {
                if let below = order[module] { #expect(below < index, "\(layer.target) stands beneath \(module)") }
            }
            if layer.isCore { #expect(layer.imports.isDisjoint(with: forbiddenInCore)) }
        }
    }

    @Test func `no file is longer than 600 lines`() throws {
        for file in try SourceTree.files(in: ["Sources", "Tests"]) {
            #expect(file.lineCount <= 600, "\(file.path) has \(file.lineCount) lines")
        }
    }

    @Test func `the executable is one file`() throws {
        #expect(try SourceTree.files(in: ["Sources/imapscope"]).map(\.path) == ["Sources/imapscope/Main.swift"])
    }

    @Test func `nothing else stands at the top of the package`() throws {
        let agreed: Set = [
            "Package.swift", "Sources", "Tests", "Rules", "Captures", "README.md", "Makefile", "LICENSE",
        ]
        let tracked = try SourceTree.trackedTopLevel().filter { !$0.hasPrefix(".") }
        #expect(tracked.contains("Package.swift"))
        #expect(tracked.subtracting(agreed).isEmpty)
    }

    @Test(arguments: [
        ("import A", ["A"]), ("public import A", ["A"]), ("@testable import A", ["A"]), ("import struct A.B", ["A"]),
        ("@_exported public import A.B", ["A"]), ("// import A", []), ("    import A", ["A"]), ("let importA = 1", []),
    ])
    func `import lines are recognised`(line: String, modules: [String]) {
        #expect(SourceFile(path: "Sources/X/Y.swift", text: line + "\n").imports == modules)
    }
}
