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

    /// <summary>Puts rows into the places of those of the same name in the table of the same processor; the others stay.</summary>
    /// <param name="path">The document.</param>
    /// <param name="table">The rows below their heading.</param>
    public void Update(string path, string table)
    {
        var section = Sections(File.ReadAllText(path).Split(_begin)[1].Split(_end)[0]).Find(section => section.EndsWith(Processor.Line, StringComparison.Ordinal));
        if (section is null)
        {
            Write(path, table);
            return;
        }

        var lines = section[..^Processor.Line.Length].Split('\n').ToList();
        foreach (var row in table.Split('\n').Where(line => line.StartsWith('|')).Skip(2))
        {
            var place = lines.FindIndex(line => NameOf(line) == NameOf(row));
            if (place < 0)
                lines.Insert(lines.FindIndex(line => line.StartsWith("|---", StringComparison.Ordinal)) + 1, row);
            else
                lines[place] = row;
        }

        Write(path, string.Join('\n', lines));
    }

    private static string NameOf(string row) => row.Split('|') is [_, var name, ..] ? name.Trim() : "";

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
