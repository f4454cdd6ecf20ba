using Microsoft.ML.Regularization.Arithmetic;

namespace Microsoft.ML.Regularization.Networks;

/// <summary>The pass of a <see cref="MemberOutputLayer"/>: members share the work out.</summary>
internal sealed unsafe class MemberOutputPass : RowPass
{
    private readonly int _members;
    private readonly ParameterMemory _weight;
    private readonly ParameterMemory _bias;
    private readonly KeptWork _forward;
    private readonly KeptWork _backward;
    private Matrix _input;
    private Matrix _output;
    private Matrix? _inputGradient;
    private float* _weights;
    private float* _biases;
    private float* _weightGradients;
    private float* _biasGradients;

    /// <param name="members">How many.</param>
    /// <param name="inputs">Numbers of a member's row.</param>
    /// <param name="outputs">Of a member.</param>
    /// <param name="weight">(members * outputs, inputs).</param>
    /// <param name="bias">(members * outputs).</param>
    public MemberOutputPass(int members, int inputs, int outputs, ParameterMemory weight, ParameterMemory bias)
        : base(inputs, outputs)
    {
        (_members, _weight, _bias) = (members, weight, bias);
        (_forward, _backward) = (new KeptWork(range: 1, Forward), new KeptWork(range: 1, Backward));
    }

    public override void Forward(Matrix input, Matrix output, bool isTraining)
    {
        (_input, _output) = (input, output);
        _weights = _weight.Values;
        _biases = _bias.Values;
        _forward.RunAll(_members);
    }

    public override void Backward(Matrix gradient, Matrix? inputGradient)
    {
        (_output, _inputGradient) = (gradient, inputGradient);
        _weights = _weight.Values;
        _weightGradients = _weight.Gradients;
        _biasGradients = _bias.Gradients;
        _backward.RunAll(_members);
    }

    private void Forward(int member, int count)
    {
        var (rows, output) = (Of(_input, member), Of(_output, member));
        MatrixProduct.Compute(rows, At(_weights, member).Transposed, Matrix.Repeat(_biases + member * Outputs, rows.Rows, Outputs), output);
    }

    private void Backward(int member, int count)
    {
        var (rows, gradient, sum) = (Of(_input, member), Of(_output, member), At(_weightGradients, member));
        for (var row = 0; row < gradient.Rows; row++)
        {
            for (var i = 0; i < Outputs; i++)
                _biasGradients[member * Outputs + i] += *gradient.At(row, i);
        }

        MatrixProduct.Compute(gradient.Transposed, rows, sum, sum);
        if (_inputGradient is { } before)
            MatrixProduct.Compute(gradient, At(_weights, member), Matrix.Zeros(rows.Rows, Inputs), Of(before, member));
    }

    private Matrix At(float* weights, int member) => new(weights + (nint)member * Outputs * Inputs, Outputs, Inputs);

    private Matrix Of(Matrix all, int member) => new((nint)all.At(member, 0), all.Rows / _members, all.Columns, all.RowStride * _members, all.ColumnStride);
}
