using System.Numerics.Tensors;
using Microsoft.ML.Regularization.Arithmetic;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization.Networks;

/// <summary><c>x W^T + b</c>.</summary>
internal sealed unsafe class LinearGradient : LayerGradient
{
    private readonly PackedMatrix _forward;
    private readonly PackedMatrix _backward;
    private readonly float[] _bias;

    public LinearGradient(IExceptionContext context, NetworkWeights weights, LinearDescription description)
        : base(description.Inputs, description.Outputs)
    {
        var weight = weights.Read(context, description.Name + ".weight", Outputs, Inputs);
        _bias = weights.Read(context, description.Name + ".bias", Outputs);
        TensorPrimitives.Multiply(weight, (float)description.WeightFactor, weight);
        TensorPrimitives.Multiply(_bias, (float)description.BiasFactor, _bias);
        _forward = PackedMatrix.OfWeight(weight, Inputs);
        fixed (float* elements = weight)
            _backward = new PackedMatrix(new Matrix(elements, Outputs, Inputs));
    }

    public override void Forward(Matrix input, Matrix output)
    {
        fixed (float* bias = _bias)
            MatrixProduct.Compute(input, _forward, Matrix.Repeat(bias, output.Rows, Outputs), output);
    }

    public override void Backward(Matrix input, Matrix gradient, Matrix inputGradient) =>
        MatrixProduct.Compute(gradient, _backward, Matrix.Zeros(gradient.Rows, Inputs), inputGradient);
}
