import FuzzDriver
import FuzzEntries

@main
struct FuzzFilter {
    static func main() {
        var count = CommandLine.argc
        var arguments: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>? = CommandLine.unsafeArgv
        _ = LLVMFuzzerRunDriver(&count, &arguments) { octets, length in
            FilterFuzz.run(UnsafeBufferPointer(start: octets, count: length))
            return 0
        }
    }
}
