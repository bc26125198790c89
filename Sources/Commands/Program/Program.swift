import ArgumentParser

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// The program from its arguments to its exit status.
public enum Program {
    public static func main() -> Never {
        Hardening.apply()
        exit(self.run(Array(Swift.CommandLine.arguments.dropFirst())))
    }

    /// Runs the command that `arguments` ask for. Returns the exit status; everything else has been said.
    static func run(_ arguments: [String]) -> Int32 {
        do {
            var command = try Imapscope.parseAsRoot(arguments)
            try command.run()
            return ExitStatus.done
        } catch {
            return self.report(error, arguments: arguments)
        }
    }

    private static func report(_ error: any Error, arguments: [String]) -> Int32 {
        switch error {
        case let end as EndOfCommand:
            return end.status
        case let failure as Failure:
            self.diagnose(failure.description)
            return failure.status
        case let error as ConfigurationError:
            self.diagnose("\(error.description); imapscope proxy --help lists the options")
            return ExitStatus.badConfiguration
        case let error as InputError:
            self.diagnose(error.description)
            return error.isPermission ? ExitStatus.noPermission : ExitStatus.noInput
        case let error as UsageError:
            self.diagnose("\(error.description)\n\(Examples.line(for: arguments))")
            return ExitStatus.usage
        default:
            return self.reportParsing(error, arguments: arguments)
        }
    }

    /// Help, the version, and what ArgumentParser found wrong.
    private static func reportParsing(_ error: any Error, arguments: [String]) -> Int32 {
        let code = Imapscope.exitCode(for: error)
        if code.isSuccess {
            let output = StandardOutput()
            output.write(Imapscope.fullMessage(for: error) + "\n")
            output.flush()
            if case .failed = output.state { return ExitStatus.outputFailed }
            return ExitStatus.done
        }
        self.diagnose("\(Imapscope.message(for: error))\n\(Examples.line(for: arguments))")
        return code == .validationFailure ? ExitStatus.usage : ExitStatus.internal
    }

    private static func diagnose(_ text: String) {
        writeDiagnostic("imapscope: \(Diagnostics.harmless(text))")
    }
}
