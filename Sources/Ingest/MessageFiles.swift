/// Gathers whole messages.
struct MessageFiles: ~Copyable {
}
