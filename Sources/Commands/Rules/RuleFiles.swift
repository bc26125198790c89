import Reporting
import RuleEngine
import Synchronization

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// The rule files of a run. They are read again when they change or when somebody asks for it, all or none of them.
final class RuleFiles: Sendable {
    /// What sessions begin with.
    let current: CurrentRules

    private struct Entry {
        var source: RuleSource
        var file: RuleFile
        /// Of the file that was read last, broken or not. Nil for rules that are part of the program and for pipes, which
        /// can be read only once.
        var stamp: FileStamp?
        /// What was there at the last look: a file that is being written changes from one look to the next.
        var seen: FileStamp?
        var isReadAgain: Bool
    }

    private let entries: Mutex<[Entry]>
    private let tell: @Sendable (RuleFilesNotice) -> Void

    /// Microseconds between two looks at the files.
    private static let interval: UInt32 = 500_000

    init(_ sources: [RuleSource], tell: @escaping @Sendable (RuleFilesNotice) -> Void) throws {
        self.tell = tell
        let entries = try sources.map { source in
            let stamp = source.shipped == nil ? FileStamp(path: source.name) : nil
            return Entry(source: source, file: try source.load(), stamp: stamp, seen: stamp, isReadAgain: stamp != nil)
        }
        self.current = CurrentRules(RuleSet(entries.flatMap(\.file.rules)))
        self.entries = Mutex(entries)
    }

    /// Reads all files again.
    func reload() {
        let notice = self.entries.withLock { entries -> RuleFilesNotice in
            for index in entries.indices where entries[index].isReadAgain {
                entries[index].stamp = FileStamp(path: entries[index].source.name)
            }
            return self.read(&entries)
        }
        self.tell(notice)
    }

    /// Reads the files again when one of them is another one than was read last, and stayed the same between two calls.
    func reloadIfChanged() {
        let notice = self.entries.withLock { entries -> RuleFilesNotice? in
            var hasChanged = false
            for index in entries.indices where entries[index].isReadAgain {
                let stamp = FileStamp(path: entries[index].source.name)
                defer { entries[index].seen = stamp }
                guard stamp != entries[index].stamp, stamp == entries[index].seen else { continue }
                entries[index].stamp = stamp
                hasChanged = true
            }
            return hasChanged ? self.read(&entries) : nil
        }
        if let notice { self.tell(notice) }
    }

    /// A broken file leaves everything as it was.
    private func read(_ entries: inout [Entry]) -> RuleFilesNotice {
        do {
            let files = try entries.map { $0.isReadAgain ? try $0.source.load() : $0.file }
            for (index, file) in files.enumerated() { entries[index].file = file }
            let rules = files.flatMap(\.rules)
            self.current.replace(with: rules)
            return .replaced(rules: rules.count)
        } catch let error as any ReportableError {
            return .kept(reason: error.summary)
        } catch {
            return .kept(reason: "\(error)")
        }
    }

    /// Looks after the files from now on to the end of the process.
    func watch() {
        guard self.entries.withLock({ $0.contains { $0.isReadAgain } }) else { return }
        let isWatching = WorkerThread.start {
            while true {
                usleep(Self.interval)
                self.reloadIfChanged()
            }
        }
        if !isWatching { self.tell(.unwatched) }
    }
}

/// What became of rule files that were read again.
enum RuleFilesNotice: Sendable, Hashable {
    case replaced(rules: Int)
    /// One of them is broken or gone: the rules that were in force stay so.
    case kept(reason: String)
    /// There is no thread left to look after them.
    case unwatched

    var text: String {
        switch self {
        case .replaced(let rules):
            "rules read again: \(rules) rule\(rules == 1 ? "" : "s") for sessions that begin from now on"
        case .kept(let reason): "the rules stay as they were: \(TerminalText.escaped(reason))"
        case .unwatched: "rule files are read again on SIGHUP only: there is no thread left to look after them"
        }
    }

    /// Whether it is an error, which is told even under --quiet.
    var isProblem: Bool { if case .replaced = self { false } else { true } }
}
