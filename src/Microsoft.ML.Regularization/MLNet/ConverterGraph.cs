using System.Globalization;
using Microsoft.ML.Model.OnnxConverter;

namespace Microsoft.ML.Regularization.MLNet;

/// <summary>The graph that ML.NET's ONNX converter makes of a pipeline, for a step of it.</summary>
internal sealed class ConverterGraph(OnnxContext context)
{
    /// <summary>The newest version of the standard operators that the converter writes.</summary>
    public const int Opset = 12;

    private const string Prefix = "network.";

    private int _names;

    /// <summary>The value of a column.</summary>
    /// <exception cref="NotSupportedException">A step before this one makes the column, and cannot be exported.</exception>
    public string Column(DataViewSchema.Column column) => context.ContainsColumn(column.Name)
        ? context.GetVariableName(column.Name)
        : throw new NotSupportedException($"The network reads column '{column.Name}', which a step before it computes that cannot be exported to ONNX.");

    /// <summary>An operator of the standard.</summary>
    public string[] Add(string operation, int outputs, string[] inputs, IEnumerable<(string Name, object Value)> attributes)
    {
        var results = new string[outputs];
        for (var i = 0; i < outputs; i++)
            results[i] = context.AddIntermediateVariable(null, NameOf(operation), skip: true);
        Add(operation, results, inputs, attributes);
        return results;
    }

    /// <summary>Gives a value as one of the step's outputs.</summary>
    public void Give(string value, string output) => Add("Identity", [output], [value], []);

    public string Constant(float[] values, long[] shape) => context.AddInitializer(values, shape, NameOf("numbers"));

    public string Constant(long[] values, long[] shape) => context.AddInitializer(values, shape, NameOf("numbers"));

    private void Add(string operation, string[] outputs, string[] inputs, IEnumerable<(string Name, object Value)> attributes)
    {
        var node = context.CreateNode(operation, inputs, outputs, context.GetNodeName(NameOf(operation)), "");
        foreach (var (name, value) in attributes)
        {
            switch (value)
            {
                case float number:
                    node.AddAttribute(name, (double)number);
                    break;
                case long number:
                    node.AddAttribute(name, number);
                    break;
                case string text:
                    node.AddAttribute(name, text);
                    break;
                case long[] numbers:
                    node.AddAttribute(name, numbers);
                    break;
                default:
                    throw new ArgumentOutOfRangeException(nameof(attributes), value, message: null);
            }
        }
    }

    // Names of values are names of columns to the converter.
    private string NameOf(string kind) => string.Create(CultureInfo.InvariantCulture, $"{Prefix}{kind}.{_names++}");
}
