namespace Microsoft.ML.Regularization.Structure;

/// <summary>
/// The rooms and the arrows between them as a Mermaid diagram. An arrow that a chain of others implies is left out; an arrow upwards is dotted and tells
/// how many uses it stands for.
/// </summary>
internal static class Picture
{
    private const string Open = "```mermaid\n";
    private const string Close = "```\n";

    public static string Of(House house)
    {
        var uses = house.Uses.Where(use => use.From.Room != use.To.Room).GroupBy(use => (From: use.From.Room, To: use.To.Room)).ToList();
        var down = uses.Select(group => group.Key).Where(arrow => !Rooms.IsUpwards(arrow.From, arrow.To)).ToHashSet();
        IEnumerable<string> lines =
        [
            "flowchart TD",
            .. Rooms.FromTheGroundUp.Reverse().Select(room => $"    {room}"),
            .. down.Where(arrow => !IsImplied(arrow, down)).Select(arrow => $"    {arrow.From} --> {arrow.To}").Order(StringComparer.Ordinal),
            .. uses.Where(group => !down.Contains(group.Key)).Select(up => $"    {up.Key.From} -. {up.Count()} upwards .-> {up.Key.To}"),
        ];
        return string.Concat(lines.Select(line => line + "\n"));
    }

    /// <summary>Replaces the diagram that a Markdown file holds, or writes a file of its own.</summary>
    public static void Write(string diagram, string path)
    {
        var text = File.Exists(path) ? File.ReadAllText(path) : $"{Open}{Close}";
        var start = text.IndexOf(Open, StringComparison.Ordinal);
        var end = start < 0 ? -1 : text.IndexOf(Close, start + Open.Length, StringComparison.Ordinal);
        if (end < 0)
            throw new InvalidDataException($"{path} holds no block that starts with ```mermaid and ends with ```, so there is no place for the picture");
        File.WriteAllText(path, text[..(start + Open.Length)] + diagram + text[end..]);
    }

    private static bool IsImplied((string From, string To) arrow, HashSet<(string From, string To)> arrows)
    {
        var reached = new HashSet<string>();
        var waiting = new Queue<string>(arrows.Where(other => other.From == arrow.From && other != arrow).Select(other => other.To));
        while (waiting.TryDequeue(out var room))
        {
            if (room == arrow.To)
                return true;
            if (reached.Add(room))
            {
                foreach (var next in arrows.Where(other => other.From == room))
                    waiting.Enqueue(next.To);
            }
        }

        return false;
    }
}
