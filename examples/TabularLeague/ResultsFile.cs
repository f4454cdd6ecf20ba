using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace TabularLeague;

/// <summary>
/// Runs that are done, a line of JSON each. Several processes may add to one file: a line is written while the file is locked. A line that forgets a trainer
/// drops what stands above it.
/// </summary>
/// <param name="path">The file; null for results that last as long as the process.</param>
internal sealed class ResultsFile(string? path)
{
    private static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    private readonly List<Run> _inMemory = [];

    public Results Read()
    {
        if (path is null)
            return new Results(_inMemory);
        if (!File.Exists(path))
            return new Results([]);
        var runs = new List<Run>();
        using var stream = Open(FileMode.Open, FileAccess.Read, FileShare.Read);
        using var reader = new StreamReader(stream);
        for (var number = 1; reader.ReadLine() is { } text; number++)
        {
            var line = ReadLine(text, number);
            if (line.Forget is { } forgotten)
                runs.RemoveAll(run => run.Trainer == forgotten);
            else if (line.Run is { } run)
                runs.Add(run);
        }

        return new Results(runs);
    }

    public void Add(Run run)
    {
        if (path is null)
            _inMemory.Add(run);
        else
            Append(new Line { Run = run });
    }

    public void Forget(string trainer)
    {
        _inMemory.RemoveAll(run => run.Trainer == trainer);
        if (path is not null)
            Append(new Line { Forget = trainer });
    }

    private Line ReadLine(string text, int number)
    {
        try
        {
            return JsonSerializer.Deserialize<Line>(text, Json) ?? throw new JsonException("The line is null.");
        }
        catch (JsonException exception)
        {
            throw new InvalidDataException($"{path}, line {number}, is not a result: {exception.Message}", exception);
        }
    }

    private void Append(Line line)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path!))!);
        using var stream = Open(FileMode.Append, FileAccess.Write, FileShare.None);
        stream.Write(Encoding.UTF8.GetBytes(JsonSerializer.Serialize(line, Json) + "\n"));
    }

    // Another process holds the file for the moment of a line.
    private FileStream Open(FileMode mode, FileAccess access, FileShare share)
    {
        const int attempts = 500;
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return new FileStream(path!, mode, access, share);
            }
            catch (IOException exception) when (attempt < attempts && exception is not (FileNotFoundException or DirectoryNotFoundException))
            {
                Thread.Sleep(20);
            }
        }
    }

    private sealed record Line
    {
        public Run? Run { get; init; }

        public string? Forget { get; init; }
    }
}
