using Microsoft.ML.Data;
using Microsoft.ML.Regularization.Inputs;
using Microsoft.ML.Regularization.MLNet;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization.Export;

/// <summary>Writes a network as a step of a pipeline that ML.NET's converter exports: from columns to columns.</summary>
internal static class NetworkConversion
{
    /// <param name="context">For errors.</param>
    /// <param name="converter">Where it is written.</param>
    /// <param name="network">The network.</param>
    /// <param name="binding">The columns that it reads.</param>
    /// <param name="outputs">The values to give: the predicted label, if there is one, then the scores.</param>
    /// <exception cref="NotSupportedException">Something cannot be exported; the message names it.</exception>
    public static void Write(IExceptionContext context, ConverterGraph converter, TrainedNetwork network, ModelBinding binding, string[] outputs)
    {
        var columns = InputColumns.Find(context, binding.Schema, binding.FeatureColumnName, network.Input, network.Keys);
        var graph = new ConvertedGraph(converter);
        var rows = Read(converter, graph, columns);
        var found = new ScoreForm(graph, network).Of(NetworkForm.Of(graph, network, rows), rows.Numbers).ToDictionary(score => score.Column.Name, score => score.Value);
        if (outputs.Length == 2)
        {
            // A key: the number of the class from 1.
            var key = graph.Sum(found[DefaultColumnNames.PredictedLabel], graph.Constant([1L], 1));
            converter.Give(graph.Cast(key, OnnxType.UInt32), outputs[0]);
        }

        // ML.NET's scorer itself decides between true and false, by the model's threshold.
        converter.Give(found[DefaultColumnNames.Score], outputs[outputs.Length == 1 ? 0 : 1]);
        if (outputs.Length > 2)
            converter.Give(found[DefaultColumnNames.Probability], outputs[2]);
    }

    private static GraphRows Read(ConverterGraph converter, OnnxGraph graph, InputColumns columns)
    {
        if (columns.Layout.Text is { } text)
            return new GraphRows(Tokens(graph, Keys(columns.Features!.Value, 0), text), "");

        var numbers = columns.Features is { } features ? graph.Reshape(converter.Column(features), 0, columns.Layout.Numbers) : "";
        var keys = columns.Categories.Select((category, place) => Keys(category, place)).ToList();
        return new GraphRows(numbers, keys.Count == 0 ? "" : graph.Concat(1, keys));

        string Keys(DataViewSchema.Column column, int place)
        {
            var own = graph.Cast(converter.Column(column), OnnxType.Int64);
            return columns.TranslationOf(place) is { } table
                ? graph.Add("Gather", [graph.Constant(Array.ConvertAll(table, key => (long)key), table.Length), own], new OnnxAttribute("axis", 0L))
                : own;
        }
    }

    // As TokenReader reads them: texts of any length to one, and a text without tokens to an unknown one.
    private static string Tokens(OnnxGraph graph, string keys, TextInput text)
    {
        var tokens = graph.Sum(keys, graph.Constant([(long)TextInput.FirstWord - 1], 1));
        var rows = graph.Gather(graph.Add("Shape", tokens), [0], axis: 0);
        var padding = graph.Add("Expand", [graph.Constant([(long)TextInput.Padding], 1, 1), graph.Concat(0, rows, graph.Constant([(long)text.MaxLength], 1))]);
        var padded = graph.Concat(1, tokens, padding);
        var cut = text.KeepsLastToken ? graph.Concat(1, First(text.MaxLength - 1), LastToken()) : First(text.MaxLength);
        var least = new long[text.MaxLength];
        least[0] = TextInput.Unknown;
        return graph.Add("Max", [cut, graph.Constant(least, 1, text.MaxLength)]);

        string First(long count) => graph.Add("Slice", [padded, graph.Constant([0L], 1), graph.Constant([count], 1), graph.Constant([1L], 1)]);

        // That of the text where it is as long as what is read, else what fills the row.
        string LastToken()
        {
            var length = graph.Gather(graph.Add("Shape", tokens), [1], axis: 0);
            var place = graph.Difference(graph.Add("Max", [length, graph.Constant([(long)text.MaxLength], 1)]), graph.Constant([1L], 1));
            return graph.Add("Gather", [padded, place], new OnnxAttribute("axis", 1L));
        }
    }
}
