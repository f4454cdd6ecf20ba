using Microsoft.ML.Regularization.MLNet;

namespace Microsoft.ML.Regularization.Export;

/// <summary>
/// Where a network is written as operators of ONNX, none newer than <see cref="Opset"/>. Values are known by their names. A first dimension is that of rows, and any
/// number of them may come.
/// </summary>
internal abstract class OnnxGraph
{
    /// <summary>The newest version of the standard operators that ML.NET's converter writes.</summary>
    public const int Opset = ConverterGraph.Opset;

    /// <summary>An operator.</summary>
    /// <param name="operation">Its name in the standard.</param>
    /// <param name="outputs">How many values it gives.</param>
    /// <param name="inputs">Values that it takes; empty names for those that are left out.</param>
    /// <param name="attributes">Its settings.</param>
    /// <returns>The values that it gives.</returns>
    public abstract string[] Add(string operation, int outputs, string[] inputs, params OnnxAttribute[] attributes);

    /// <summary>Numbers that never change.</summary>
    public abstract string Constant(float[] values, params long[] shape);

    /// <summary>Whole numbers that never change.</summary>
    public abstract string Constant(long[] values, params long[] shape);

    public string Add(string operation, string[] inputs, params OnnxAttribute[] attributes) => Add(operation, 1, inputs, attributes)[0];

    public string Add(string operation, string input, params OnnxAttribute[] attributes) => Add(operation, [input], attributes);

    /// <summary>A vector of numbers, one for each of the last dimension.</summary>
    public string Vector(float[] values) => Constant(values, values.Length);

    public string Scalar(double value) => Constant([(float)value], 1);

    public string Sum(string left, string right) => Add("Add", [left, right]);

    public string Difference(string left, string right) => Add("Sub", [left, right]);

    public string Product(string left, string right) => Add("Mul", [left, right]);

    public string Quotient(string left, string right) => Add("Div", [left, right]);

    public string Times(string value, double factor) => factor == 1 ? value : Product(value, Scalar(factor));

    /// <summary>The same numbers in another shape; 0 stands for a dimension as it is, -1 for what is left.</summary>
    public string Reshape(string value, params long[] shape) => Add("Reshape", [value, Constant(shape, shape.Length)]);

    /// <summary>With new dimensions of 1 at these places of the result.</summary>
    public string Unsqueeze(string value, params long[] axes) => Add("Unsqueeze", value, new OnnxAttribute("axes", axes));

    public string Transpose(string value, params long[] order) => Add("Transpose", value, new OnnxAttribute("perm", order));

    public string Concat(long axis, params IEnumerable<string> values)
    {
        string[] all = [.. values];
        return all.Length == 1 ? all[0] : Add("Concat", all, new OnnxAttribute("axis", axis));
    }

    /// <summary>Some places of a dimension.</summary>
    public string Gather(string value, long[] places, long axis) =>
        Add("Gather", [value, Constant(places, places.Length)], new OnnxAttribute("axis", axis));

    /// <param name="operation">Such as <c>ReduceMean</c>.</param>
    /// <param name="value">What is reduced.</param>
    /// <param name="keeps">Whether the dimensions stay, as 1.</param>
    /// <param name="axes">The dimensions that are reduced.</param>
    public string Reduce(string operation, string value, bool keeps, params long[] axes) =>
        Add(operation, value, new OnnxAttribute("axes", axes), new OnnxAttribute("keepdims", keeps ? 1L : 0L));

    /// <summary>No number below or above these.</summary>
    public string Clip(string value, double least, double greatest)
    {
        if (double.IsFinite(least))
            value = Add("Max", [value, Scalar(least)]);
        return double.IsFinite(greatest) ? Add("Min", [value, Scalar(greatest)]) : value;
    }

    public string Cast(string value, OnnxType type) => Add("Cast", value, new OnnxAttribute("to", (long)type));

    /// <summary>The logarithm of the sum of exponentials over a dimension, without overflow.</summary>
    public string LogSumExp(string value, bool keeps, long axis)
    {
        var largest = Reduce("ReduceMax", value, keeps: true, axis);
        var sum = Reduce("ReduceSum", Add("Exp", Difference(value, largest)), keeps, axis);
        return Sum(Add("Log", sum), keeps ? largest : Add("Squeeze", largest, new OnnxAttribute("axes", new[] { axis })));
    }

    /// <summary>The logarithms of a sigmoid.</summary>
    public string LogSigmoid(string logit) => Add("Neg", Add("Softplus", Add("Neg", logit)));
}
