namespace Microsoft.ML.Regularization.Benchmarks;

/// <summary>Tables of a document, between two marks that name them: one for each processor, with the processor below it.</summary>
/// <param name="name">What the marks call it.</param>
internal sealed class DocumentTable(string name)
{
    private const string ProcessorStart = "Processor:";

    private readonly string _begin = $"<!-- {name}: begin -->";
    private readonly string _end = $"<!-- {name}: end -->";

    /// <summary>Puts a table into the place of the one before of the same processor, or behind those of others.</summary>
    public void Write(string path, string table)
    {
        var document = File.ReadAllText(path);
        var (begin, end) = (document.IndexOf(_begin, StringComparison.Ordinal), document.IndexOf(_end, StringComparison.Ordinal));
        if (begin < 0 || end < begin)
            throw new InvalidDataException($"{path} lacks the marks '{_begin}' and '{_end}' for the table.");

        var sections = Sections(document[(begin + _begin.Length)..end]);
        var place = sections.FindIndex(section => section.EndsWith(Processor.Line, StringComparison.Ordinal));
        var written = $"{table.Trim()}\n\n{Processor.Line}";
        if (place < 0)
            sections.Add(written);
        else
            sections[place] = written;
        File.WriteAllText(path, document[..(begin + _begin.Length)] + $"\n{string.Join("\n\n", sections)}\n" + document[end..]);
    }

    private static List<string> Sections(string text)
    {
        var (sections, lines) = (new List<string>(), new List<string>());
        foreach (var line in text.Split('\n'))
        {
            lines.Add(line);
            if (!line.StartsWith(ProcessorStart, StringComparison.Ordinal))
                continue;
            sections.Add(string.Join('\n', lines).Trim());
            lines.Clear();
        }

        return sections;
    }
}
