using System.Globalization;
using GraphCompiler;
using HelloGraph;

Show("f = (x + y)·z", Product.Declare(), Product.Point);
Show("f = 1/(1 + exp(−(w0·x0 + w1·x1 + w2)))", Neuron.Declare(), Neuron.Point);

static void Show(string title, Graph graph, (string Input, float Value)[] point)
{
    using var compiled = graph.Compile();
    Console.WriteLine(title);
    Console.WriteLine(new string('─', title.Length));
    Table(point);
    Console.WriteLine();
    Table(Evaluation.Run(compiled, graph, point));
    Console.WriteLine();
    Console.WriteLine("The C# that was generated for it, forward and backward:");
    Console.WriteLine();
    Console.WriteLine(compiled.Source);
}

static void Table((string Name, float Value)[] rows)
{
    foreach (var (name, value) in rows)
    {
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {name,-6} = {value,8:F3}"));
    }
}
