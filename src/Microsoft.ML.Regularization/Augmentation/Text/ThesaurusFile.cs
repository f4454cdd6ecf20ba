using System.Globalization;
using System.Text;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization.Augmentation;

/// <summary>Reads a user's thesaurus.</summary>
internal static class ThesaurusFile
{
    public static SynonymTable Read(string path)
    {
        Contracts.CheckNonWhiteSpace(path, nameof(path));
        var table = new SynonymTable();
        var number = 0;
        try
        {
            foreach (var line in File.ReadLines(path, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true)))
            {
                number++;
                if (string.IsNullOrWhiteSpace(line) || line.TrimStart().StartsWith('#'))
                    continue;
                if (TryAdd(table, line) is { } problem)
                    throw Contracts.ExceptDecode(string.Create(CultureInfo.InvariantCulture, $"Thesaurus file '{path}', line {number}: {problem}."));
            }
        }
        catch (DecoderFallbackException exception)
        {
            throw Contracts.ExceptDecode(
                exception, string.Create(CultureInfo.InvariantCulture, $"Thesaurus file '{path}', behind line {number}: this is not UTF-8 text."));
        }

        return table;
    }

    private static string? TryAdd(SynonymTable table, string line)
    {
        var parts = line.Split('\t');
        if (parts.Length != 2)
        {
            return string.Create(
                CultureInfo.InvariantCulture, $"there must be one tab, between the word and its synonyms, but there are {parts.Length - 1}");
        }

        return table.TryAdd(parts[0].Trim(), parts[1].Split('|', StringSplitOptions.TrimEntries));
    }
}
