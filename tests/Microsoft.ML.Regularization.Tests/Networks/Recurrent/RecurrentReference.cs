namespace Microsoft.ML.Regularization.Tests.Networks.Recurrent;

/// <summary>A recurrent network once more, number by number in double precision, from the formulas that its architecture documents.</summary>
internal sealed class RecurrentReference(RecurrentArchitecture architecture, NetworkWeights weights)
{
    /// <param name="steps">The numbers of each step.</param>
    public double[] Outputs(IReadOnlyList<double[]> steps)
    {
        List<List<double[]>> directions = [];
        for (var layer = 0; layer < architecture.Layers; layer++)
        {
            if (layer > 0)
                steps = [.. Enumerable.Range(0, steps.Count).Select(step => directions.SelectMany(states => states[step]).ToArray())];
            directions = [States($"ahead.{layer}", steps)];
            if (architecture.Bidirectional)
            {
                var back = States($"back.{layer}", [.. steps.Reverse()]);
                back.Reverse();
                directions.Add(back);
            }
        }

        var pooled = directions.SelectMany((states, direction) => architecture.Pooling switch
        {
            SequencePooling.Last => direction == 0 ? states[^1] : states[0],
            SequencePooling.Mean => PerUnit(states, values => values.Average()),
            _ => PerUnit(states, values => values.Max()),
        }).ToArray();
        return Sum(Product("output.weight", pooled), Vector("output.bias"));
    }

    private List<double[]> States(string name, IReadOnlyList<double[]> steps)
    {
        var units = architecture.HiddenSize;
        var (state, cell) = (new double[units], new double[units]);
        List<double[]> states = [];
        foreach (var input in steps)
        {
            var fromInput = Sum(Product($"{name}.input_weight", input), Vector($"{name}.input_bias"));
            var fromState = Sum(Product($"{name}.recurrent_weight", state), Vector($"{name}.recurrent_bias"));
            var next = new double[units];
            for (var unit = 0; unit < units; unit++)
            {
                if (architecture is LstmArchitecture)
                {
                    cell[unit] = Sigmoid(Both(1)) * cell[unit] + Sigmoid(Both(0)) * Math.Tanh(Both(2));
                    next[unit] = Sigmoid(Both(3)) * Math.Tanh(cell[unit]);
                }
                else
                {
                    var candidate = Math.Tanh(fromInput[2 * units + unit] + Sigmoid(Both(0)) * fromState[2 * units + unit]);
                    next[unit] = (1 - Sigmoid(Both(1))) * candidate + Sigmoid(Both(1)) * state[unit];
                }

                double Both(int gate) => fromInput[gate * units + unit] + fromState[gate * units + unit];
            }

            state = next;
            states.Add(state);
        }

        return states;
    }

    private double[] Product(string name, double[] vector)
    {
        var matrix = weights.Find(name)!;
        Assert.AreEqual(vector.Length, matrix.Shape[1], name);
        return [.. Enumerable.Range(0, (int)matrix.Shape[0]).Select(
            row => vector.Select((value, column) => value * matrix.Values.Span[row * vector.Length + column]).Sum())];
    }

    private double[] Vector(string name) => [.. weights.Find(name)!.Values.ToArray().Select(value => (double)value)];

    private static double[] Sum(double[] first, double[] second) => [.. first.Zip(second, (a, b) => a + b)];

    private static double[] PerUnit(List<double[]> states, Func<IEnumerable<double>, double> pool) =>
        [.. Enumerable.Range(0, states[0].Length).Select(unit => pool(states.Select(state => state[unit])))];

    private static double Sigmoid(double value) => 1 / (1 + Math.Exp(-value));
}
