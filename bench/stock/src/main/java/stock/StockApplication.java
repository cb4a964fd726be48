package stock;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** What the same two routes are when nothing is tuned. */
@SpringBootApplication
@RestController
public class StockApplication {

	public static void main(String[] arguments) {
		SpringApplication.run(StockApplication.class, arguments);
	}

	@GetMapping("/")
	String index() {
		return "Built Locally and Pushed\n";
	}

	@GetMapping("/version")
	String version() {
		return "Helloworld 1.0\n";
	}

}
