import ArgumentParser
import IMAPSession
import Reporting

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// The program from its arguments to its exit status.
public enum Program {
    public static func main() -> Never {
        Hardening.apply()
        let status = self.run(Array(CommandLine.arguments.dropFirst()))
        // Threads may still be at work for a reader that has left, and exit(3) would take libcrypto down under them
        // (OPENSSL_cleanup). Every output has been flushed by its own hand.
        _exit(status)
    }

    /// Runs the command that `arguments` ask for. Returns the exit status; everything else has been said.
    static func run(_ arguments: [String]) -> Int32 {
        do {
            var command = try Imapscope.parseAsRoot(arguments)
            try command.run()
            return ExitCode.done.rawValue
        } catch let end as EndOfCommand {
            return end.exitCode.rawValue
        } catch let error as any ReportableError {
            return self.report(error)
        } catch let error as UsageError {
            return self.report(
                CommandLineError(
                    summary: error.description,
                    advice: Examples.line(for: arguments),
                    excerpt: error.excerpt
                )
            )
        } catch {
            return self.reportParsing(error, arguments: arguments)
        }
    }

    /// Help, the version, and what ArgumentParser found wrong.
    private static func reportParsing(_ error: any Error, arguments: [String]) -> Int32 {
        let code = Imapscope.exitCode(for: error)
        if code.isSuccess {
            let output = StandardOutput()
            output.write(Imapscope.fullMessage(for: error) + "\n")
            return self.end(output)
        }
        guard code == .validationFailure else {
            return self.report(Failure(.software, Imapscope.message(for: error), blame: .imapscope))
        }
        // ArgumentParser repeats the argument, and a password may stand in a URL that was given without its option.
        let message = Diagnostics.withoutCredentials(Imapscope.message(for: error))
        return self.report(CommandLineError(summary: message, advice: Examples.line(for: arguments)))
    }

    private static func end(_ output: StandardOutput) -> Int32 {
        do {
            try output.finish()
            return ExitCode.done.rawValue
        } catch {
            return self.report(error)
        }
    }

    private static func report(_ error: any ReportableError) -> Int32 {
        let isTerminal = isatty(STDERR_FILENO) == 1
        let isColored = ColorChoice.auto.isEnabled(isTerminal: isTerminal, environment: Environment.value)
        writeDiagnostic(ErrorReport(color: isColored).render(error))
        return error.exitCode.rawValue
    }
}
