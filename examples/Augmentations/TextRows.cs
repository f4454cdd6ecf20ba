using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Regularization;
using Spectre.Console;

namespace Augmentations;

/// <summary>Sentences, before and after.</summary>
internal static class TextRows
{
    private static readonly string[] Sentences =
    [
        "The quick delivery made our customers very happy.",
        "I never received the refund that was promised to me last week!",
    ];

    private static readonly (string Name, AugmentationOptions Options)[] Transforms =
    [
        ("SynonymReplacement", new SynonymReplacementOptions { Rate = 0.2 }),
        ("RandomInsertion", new RandomInsertionOptions { Rate = 0.2 }),
        ("RandomSwap", new RandomSwapOptions { Rate = 0.2 }),
        ("RandomDeletion", new RandomDeletionOptions { Rate = 0.2 }),
        ("EasyDataAugmentation, two copies", new EasyDataAugmentationOptions { Copies = 2 }),
    ];

    public static Table Show(MLContext ml, Uri? service)
    {
        var rows = ml.Data.LoadFromEnumerable(Sentences.Select(text => new Row { Text = text }));
        var table = new Table().AddColumn(new TableColumn("").NoWrap()).AddColumn("text");
        Add(table, "as they are", rows);
        foreach (var (name, options) in Transforms)
            Add(table, name, new MLContext(seed: 5).Data.Augment(rows, options));
        if (service is null)
            return table;

        using var translator = new LocalTranslator(service);
        Add(table, "BackTranslation", ml.Data.Augment(rows, new BackTranslationOptions { Translator = translator }));
        return table;
    }

    private static void Add(Table table, string caption, IDataView rows)
    {
        table.AddEmptyRow();
        foreach (var text in rows.GetColumn<string>("Text"))
        {
            table.AddRow(caption, Markup.Escape(text));
            caption = "";
        }
    }

    private sealed class Row
    {
        public string Text { get; set; } = "";
    }
}
