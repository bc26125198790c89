import FuzzDriver
import FuzzEntries

@main
struct FuzzRules {
    static func main() {
        var count = CommandLine.argc
        var arguments: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>? = CommandLine.unsafeArgv
        _ = LLVMFuzzerRunDriver(&count, &arguments) { octets, length in
            RulesFuzz.run(UnsafeBufferPointer(start: octets, count: length))
            return 0
        }
    }
}
